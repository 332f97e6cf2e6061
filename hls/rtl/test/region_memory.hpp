// SPDX-License-Identifier: Apache-2.0
#pragma once

// Device memory made of separate regions: an access outside them, or across an end, is an error.

#include <map>
#include <stdexcept>
#include <string>

#include "byte_memory.hpp"

namespace rtl {

class RegionMemory : public ByteMemory {
 public:
  /// \param bytes stay valid while the region is used
  void place(std::uint64_t address, std::uint8_t *bytes, std::uint64_t size) {
    regions_[address] = {bytes, size};
  }

  std::uint8_t *at(std::uint64_t address, std::uint64_t bytes) override {
    auto next = regions_.upper_bound(address);
    if (next != regions_.begin()) {
      const auto &[base, region] = *--next;
      if (address - base + bytes <= region.size) {
        return region.bytes + (address - base);
      }
    }
    throw std::out_of_range("no memory at " + std::to_string(address) + ", " +
                            std::to_string(bytes) + " bytes");
  }

 private:
  struct Region {
    std::uint8_t *bytes;
    std::uint64_t size;
  };
  std::map<std::uint64_t, Region> regions_;
};

}  // namespace rtl
