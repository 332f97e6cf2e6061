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

/// A number of whole binary megabytes as "256M", of whole gigabytes as "2G".
inline std::string bytes_text(std::uint64_t bytes) {
  const bool giga = bytes % (std::uint64_t{1} << 30) == 0;
  return std::to_string(bytes >> (giga ? 30 : 20)) + (giga ? "G" : "M");
}

}  // namespace fabriq
