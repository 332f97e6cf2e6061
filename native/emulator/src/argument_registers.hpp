// SPDX-License-Identifier: Apache-2.0
#pragma once

// The registers of a compute unit that hold arguments, as the host wrote them.

#include <cstdint>
#include <vector>

#include "fabriq/kernel_descriptor.hpp"

namespace emulator {

class ArgumentRegisters {
 public:
  static constexpr std::uint32_t kBytes = 256;

  /// \param kernel outlives this. Throws std::runtime_error if an argument's offset is outside the
  /// registers.
  explicit ArgumentRegisters(const fabriq::KernelDescriptor &kernel);

  /// \param offset in bytes; nothing happens at kBytes or beyond
  void write(std::uint32_t offset, std::uint32_t value);

  /// 0 at kBytes or beyond.
  std::uint32_t read(std::uint32_t offset) const;

  /// In the order of the descriptor. Throws ProtocolError if one is none that its argument may
  /// have: a number outside its limits, a width of B that no kernel reads, an address that is no
  /// multiple of the row pitch.
  std::vector<std::uint64_t> values() const;

 private:
  const fabriq::KernelDescriptor &kernel_;
  std::vector<std::uint32_t> words_;
};

}  // namespace emulator
