// SPDX-License-Identifier: Apache-2.0
#pragma once

// What simulated AXI4 memory reads and writes.

#include <cstdint>

namespace rtl {

class ByteMemory {
 public:
  virtual ~ByteMemory() = default;

  /// `bytes` consecutive bytes from a device address, valid until the next call. Throws if they are
  /// not all memory.
  virtual std::uint8_t *at(std::uint64_t address, std::uint64_t bytes) = 0;
};

}  // namespace rtl
