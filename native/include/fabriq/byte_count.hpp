// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers of bytes as people write them: "256M".

#include <charconv>
#include <cstdint>
#include <string>

namespace fabriq {

/// The bytes of a number with K, M or G (2^10, 2^20, 2^30) or nothing after it; 0 if the text is
/// no such number, or one from 2^63 on.
inline std::uint64_t parse_bytes(const std::string &text) {
  std::uint64_t number = 0;
  const char *end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  const std::string unit(parsed.ptr, end);
  const int shift = unit.empty() ? 0 : unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : -1;
  if (parsed.ec != std::errc() || shift < 0 || number > (std::uint64_t{1} << (63 - shift)) - 1) {
    return 0;
  }
  return number << shift;
}

/// Whole binary megabytes, as "256M".
inline std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + "M"; }

}  // namespace fabriq
