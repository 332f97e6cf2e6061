// SPDX-License-Identifier: Apache-2.0
#pragma once

// fp32 times a weight of 9 bits (a code less its zero point), rounded to nearest even as the
// contract says.
//
// In fabric the significands are multiplied as integers: 24 x 8 bits, exact in 32, one DSP. The
// product of a normal number and a weight of at least 1 is at least as large as the number, so
// nothing becomes subnormal; a normalization by 0 to 8 bits and one rounding follow. An infinity
// times 0 is NaN. On the host the weight is converted to fp32 (exact) and multiplied, which gives
// the same bits; FABRIQ_FABRIC_ARITHMETIC selects the arithmetic of the fabric there, for tests.

#include <cstdint>

#include "matmul/bus_word.hpp"
#include "matmul/fp32.hpp"

namespace matmul {

/// The fabric's product. \param weight -255 to 255
inline float multiply_significands(float a, std::int16_t weight) {
#pragma HLS INLINE
  const std::uint32_t bits = bit_cast<std::uint32_t>(a);
  const std::uint32_t sign = (bits ^ (weight < 0 ? 0x80000000u : 0u)) & 0x80000000u;
  const std::uint32_t exponent = bits >> 23 & 0xFF;
  const std::uint32_t fraction = bits & 0x7FFFFF;
  const std::uint32_t magnitude = static_cast<std::uint32_t>(weight < 0 ? -weight : weight) & 0xFF;

  const std::uint32_t product = (fraction | 0x800000u) * magnitude;
#pragma HLS BIND_OP variable = product op = mul impl = dsp
  std::uint32_t shift = 0;  // of the leading 1 above bit 23
  for (std::uint32_t i = 1; i <= 8; ++i) {
#pragma HLS UNROLL
    shift = (product >> (23 + i)) != 0 ? i : shift;
  }
  const std::uint32_t kept = product >> shift;
  const std::uint32_t rest = product << (16 - shift) & 0xFFFF;  // what was shifted out, of 2^16
  const bool up = rest > 0x8000 || (rest == 0x8000 && (kept & 1) != 0);
  const std::uint32_t magnitude_bits =
      ((exponent + shift) << 23) + (kept - 0x800000u) + (up ? 1 : 0);

  const bool special = exponent == 0xFF;  // infinity or NaN
  const bool zero = exponent == 0 || magnitude == 0;
  const std::uint32_t infinity = 0x7F800000u;
  const bool invalid = special && (fraction != 0 || magnitude == 0);
  const std::uint32_t result = invalid                      ? 0x7FC00000u
                               : special                    ? infinity
                               : zero                       ? 0u
                               : magnitude_bits >= infinity ? infinity
                                                            : magnitude_bits;
  return bit_cast<float>(result | sign);
}

#if defined(__SYNTHESIS__) || defined(FABRIQ_FABRIC_ARITHMETIC)

using CodeWeight = std::int16_t;

inline float multiply_code(float a, CodeWeight weight) {
#pragma HLS INLINE
  return multiply_significands(a, weight);
}

#else

using CodeWeight = float;

inline float multiply_code(float a, CodeWeight weight) { return fp32::multiply(a, weight); }

#endif

}  // namespace matmul
