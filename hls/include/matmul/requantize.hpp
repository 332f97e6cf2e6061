// SPDX-License-Identifier: Apache-2.0
#pragma once

// Exact requantization: clamp(halfEven(acc * m / 2^s) + zC, clamp_min, clamp_max), in integers
// only.
//
// |acc * m| < 2^31 * 2^24 = 2^55 is exact in 64 bits. With p = floor * 2^s + rest, 0 <= rest < 2^s,
// the half-even result is floor + 1 if 2 rest > 2^s, or if 2 rest == 2^s and floor is odd; else
// floor.

#include <cstdint>

namespace matmul {

struct OutputRange {
  std::int32_t zero;
  std::int32_t minimum;
  std::int32_t maximum;
};

/// \param word m | s << 24; s is taken modulo 64
inline std::int32_t requantize(std::int32_t sum, std::uint32_t word, const OutputRange &range) {
#pragma HLS INLINE
  const std::int64_t product = static_cast<std::int64_t>(sum) * (word & 0xFFFFFF);
  const int shift = (word >> 24) & 63;
  const std::int64_t floor = product >> shift;
  const std::uint64_t mask = (std::uint64_t(1) << shift) - 1;
  const std::uint64_t rest = static_cast<std::uint64_t>(product) & mask;
  const std::uint64_t half = (mask >> 1) + (mask & 1);
  const bool up = rest > half || (rest == half && shift != 0 && (floor & 1) != 0);
  const std::int64_t value = floor + (up ? 1 : 0) + range.zero;
  if (value < range.minimum) {
    return range.minimum;
  }
  if (value > range.maximum) {
    return range.maximum;
  }
  return static_cast<std::int32_t>(value);
}

}  // namespace matmul
