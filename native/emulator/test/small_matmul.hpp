// SPDX-License-Identifier: Apache-2.0
#pragma once

// C (int32) = A * B + column number, 20 x 70 x 9, by matmul_i8i8 at a compute unit of an emulator.

#include <cstdint>
#include <string>
#include <vector>

namespace emulator_test {

constexpr std::uint64_t kUnitBase = 0x1810000;

/// Metadata with matmul_f32f32_1 at 0x1800000 and matmul_i8i8_1 at kUnitBase.
extern const char kMetadata[];

struct Operand {
  std::uint64_t address;
  std::string bytes;
};

/// The operands as the device has them, all rows 64 bytes apart.
std::vector<Operand> operands();

constexpr std::uint64_t kResultAddress = 0x40000;
constexpr std::uint64_t kResultBytes = 20 * 64;

/// C as it must be, with zeros in the padding of its rows.
std::string expected_result();

/// The register map of the kernel from offset 0, with the control word.
std::string registers(std::uint32_t control);

}  // namespace emulator_test
