// SPDX-License-Identifier: Apache-2.0
#pragma once

// Changes of programs: bits that are flipped, and the sums of docs/overlay.md made right again.

#include <cstdint>
#include <cstring>
#include <vector>

namespace network {

constexpr std::size_t kPartBytes = 64;  // of the header, and of each record behind it

/// Makes the sum of a header's words right.
inline void seal_header(std::uint8_t *bytes) {
  std::uint32_t left = 0x5a5a5a5a;
  for (std::size_t at = 0; at < kPartBytes - 4; at += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes + at, sizeof word);
    left -= word;
  }
  std::memcpy(bytes + kPartBytes - 4, &left, sizeof left);
}

/// Makes the check byte of a program's record right.
inline void seal_record(std::vector<std::uint8_t> &program, std::size_t record) {
  std::uint8_t *bytes = &program[kPartBytes * (1 + record)];
  std::uint8_t left = 0x5a;
  for (std::size_t at = 0; at < kPartBytes - 1; ++at) {
    left = static_cast<std::uint8_t>(left - bytes[at]);
  }
  bytes[kPartBytes - 1] = left;
}

/// Flips bits of a byte. \param part 0: the header, 1: the first record, and so on
/// \param sealed the sum of the part is made right again
inline void flip(std::vector<std::uint8_t> &program, std::size_t part, std::size_t byte,
                 std::uint8_t bits, bool sealed) {
  program[kPartBytes * part + byte] ^= bits;
  if (!sealed) {
    return;
  }
  if (part == 0) {
    seal_header(program.data());
  } else {
    seal_record(program, part - 1);
  }
}

}  // namespace network
