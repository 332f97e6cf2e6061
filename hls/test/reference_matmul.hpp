// SPDX-License-Identifier: Apache-2.0
#pragma once

// The contract written down as plainly as possible: no tiles, no folding, no device arithmetic.
// fp32 steps are exact in binary64 or innocuously rounded twice (53 >= 2 * 24 + 2), then flushed by
// definition; requantization divides exactly in integers.

#include <cstring>

#include "divide_half_even.hpp"
#include "operands.hpp"

namespace problems {

constexpr double kLeastNormal = FLT_MIN;
constexpr double kLeastRoundedUp = FLT_MIN * (1 - 1.0 / (1 << 25));  // rounds to FLT_MIN

inline double input(float x) {
  return std::fabs(x) < kLeastNormal ? std::copysign(0.0, x) : static_cast<double>(x);
}

/// Rounds an exact or doubly roundable result, flushed if tiny after rounding.
inline float rounded(double exact) {
  const bool tiny = std::fabs(exact) < kLeastRoundedUp;
  return static_cast<float>(tiny ? std::copysign(0.0, exact) : exact);
}

inline float multiply(float a, float b) { return rounded(input(a) * input(b)); }
inline float add(float a, float b) { return rounded(input(a) + input(b)); }

inline float weight(float b, int) { return b; }
inline float weight(std::int8_t b, int zero) { return static_cast<float>(b - zero); }

inline std::size_t at(int row, int pitch, int column) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(pitch) +
         static_cast<std::size_t>(column);
}

/// C's elements as 32-bit words: fp32 patterns.
template <typename B>
std::vector<std::uint32_t> reference(const Problem &problem, const Operands<float, B> &operands) {
  std::vector<std::uint32_t> c;
  for (int i = 0; i < problem.m; ++i) {
    for (int j = 0; j < problem.n; ++j) {
      const std::size_t column = static_cast<std::size_t>(j);
      float sum = 0.0f;
      for (int k = 0; k < problem.k; ++k) {
        const float b = weight(operands.b[at(k, problem.n, j)], operands.zero_b[column]);
        sum = add(sum, multiply(operands.a[at(i, problem.k, k)], b));
      }
      if (std::is_same<B, std::int8_t>::value) {
        sum = multiply(sum, operands.scale[column]);
      }
      sum = add(sum, operands.bias[column]);
      std::uint32_t bits;
      std::memcpy(&bits, &sum, sizeof bits);
      c.push_back(bits);
    }
  }
  return c;
}

/// C's elements as 32-bit words: int32, or int8 sign-extended.
inline std::vector<std::uint32_t> reference(const Problem &problem,
                                            const Operands<std::int8_t, std::int8_t> &operands) {
  std::vector<std::uint32_t> c;
  for (int i = 0; i < problem.m; ++i) {
    for (int j = 0; j < problem.n; ++j) {
      const std::size_t column = static_cast<std::size_t>(j);
      std::int64_t sum = operands.integer_bias[column];
      for (int k = 0; k < problem.k; ++k) {
        sum += (operands.a[at(i, problem.k, k)] - problem.zero_a) *
               (operands.b[at(k, problem.n, j)] - operands.zero_b[column]);
      }
      if (!problem.raw) {
        sum = divide_half_even(sum * operands.significand[column], operands.shift[column]);
        sum += problem.zero_c;
        sum = sum < problem.clamp_min ? problem.clamp_min : sum;
        sum = sum > problem.clamp_max ? problem.clamp_max : sum;
      }
      c.push_back(static_cast<std::uint32_t>(sum));
    }
  }
  return c;
}

/// Equal bits, where any NaN equals any NaN.
inline bool same_fp32(std::uint32_t a, std::uint32_t b) {
  const auto is_nan = [](std::uint32_t bits) { return (bits & 0x7FFFFFFF) > 0x7F800000; };
  return a == b || (is_nan(a) && is_nan(b));
}

}  // namespace problems
