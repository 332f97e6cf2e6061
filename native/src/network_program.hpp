// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "network/form.hpp"

namespace fabriq {

constexpr std::size_t kRecordBytes = overlay::kLineBytes;

/// Of a chunk of a program: dense bytes.
struct ProgramSizes {
  std::size_t image_bytes;
  std::size_t result_bytes;
};

/// Checks the image of a program as network_i8 does when it loads and runs it (docs/overlay.md),
/// and its size; what a kernel's stores hold is its own matter. Throws FABRIQ_INVALID_ARGUMENT.
ProgramSizes check_program(const std::uint8_t *program, std::int64_t bytes);

/// The same of a record. \param bytes of it, kRecordBytes \param number of it, of `count`
void check_record(const std::uint8_t *bytes, std::uint32_t number, std::uint32_t count);

}  // namespace fabriq
