// SPDX-License-Identifier: Apache-2.0
#pragma once

// Exact requantization: clamp(halfEven(acc * m / 2^s) + zC, clamp_min, clamp_max), in integers
// only.
//
// |acc * m| < 2^31 * 2^24 = 2^55 is exact in 64 bits. With p = floor * 2^s + rest, 0 <= rest < 2^s,
// the half-even result is floor + 1 if 2 rest > 2^s, or if 2 rest == 2^s and floor is odd; else
// floor. Both are the floor of (p + 2^(s - 1) - 1 + (floor mod 2)) / 2^s.

#include <cstdint>

namespace matmul {

struct OutputRange {
  std::int32_t zero;
  std::int32_t minimum;
  std::int32_t maximum;
};

/// clamp(halfEven(product / 2^shift) + zero)
/// \param product |product| <= 2^62
/// \param shift 0 to 63
inline std::int32_t round_to_range(std::int64_t product, int shift, const OutputRange &range) {
#pragma HLS INLINE
  const std::int64_t half = static_cast<std::int64_t>((std::uint64_t(1) << shift) >> 1);
  const std::int64_t odd = (product >> shift) & 1;
  const std::int64_t rounded = shift == 0 ? product : (product + half - 1 + odd) >> shift;
  const std::int64_t value = rounded + range.zero;
  if (value < range.minimum) {
    return range.minimum;
  }
  if (value > range.maximum) {
    return range.maximum;
  }
  return static_cast<std::int32_t>(value);
}

/// \param word m | s << 24; s is taken modulo 64
inline std::int32_t requantize(std::int32_t sum, std::uint32_t word, const OutputRange &range) {
#pragma HLS INLINE
  const std::int64_t product = static_cast<std::int64_t>(sum) * (word & 0xFFFFFF);
  return round_to_range(product, (word >> 24) & 63, range);
}

}  // namespace matmul
