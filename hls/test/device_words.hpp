// SPDX-License-Identifier: Apache-2.0
#pragma once

// B and the column parameters of a problem as a host gives them to a kernel: codes of B packed row
// by row; four words per column, with the zero point of A folded into the bias.

#include "reference_matmul.hpp"

namespace problems {

inline std::uint32_t fp32_bits(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// Bytes of a dense row of B.
inline int row_bytes_b(const Problem &problem, std::size_t element) {
  return element == 1 ? (problem.n * problem.b_bits + 7) / 8
                      : problem.n * static_cast<int>(element);
}

inline const std::vector<float> &packed_b(const Problem &, const std::vector<float> &b) {
  return b;
}

/// K rows of codes of problem.b_bits bits, the first in the lowest bits.
inline std::vector<std::uint8_t> packed_b(const Problem &problem,
                                          const std::vector<std::int8_t> &b) {
  const auto bytes = static_cast<std::size_t>(row_bytes_b(problem, 1));
  std::vector<std::uint8_t> packed(static_cast<std::size_t>(problem.k) * bytes);
  for (int k = 0; k < problem.k; ++k) {
    for (int j = 0; j < problem.n; ++j) {
      const int code = b[at(k, problem.n, j)] & ((1 << problem.b_bits) - 1);
      const int bit = j * problem.b_bits;
      packed[static_cast<std::size_t>(k) * bytes + static_cast<std::size_t>(bit / 8)] |=
          static_cast<std::uint8_t>(code << bit % 8);
    }
  }
  return packed;
}

template <typename B>
std::vector<std::uint32_t> column_words(const Problem &problem,
                                        const Operands<float, B> &operands) {
  constexpr bool kRescaled = std::is_same<B, std::int8_t>::value;
  std::vector<std::uint32_t> words;
  for (std::size_t j = 0; j < static_cast<std::size_t>(problem.n); ++j) {
    words.push_back(fp32_bits(operands.bias[j]));
    words.push_back(kRescaled ? fp32_bits(operands.scale[j]) : 0);
    words.push_back(kRescaled ? static_cast<std::uint32_t>(operands.zero_b[j]) : 0);
    words.push_back(0);
  }
  return words;
}

inline std::vector<std::uint32_t> column_words(const Problem &problem,
                                               const Operands<std::int8_t, std::int8_t> &operands) {
  std::vector<std::uint32_t> words;
  for (int j = 0; j < problem.n; ++j) {
    const std::size_t column = static_cast<std::size_t>(j);
    std::int64_t bias = operands.integer_bias[column];
    for (int k = 0; k < problem.k; ++k) {
      bias -= problem.zero_a * (operands.b[at(k, problem.n, j)] - operands.zero_b[column]);
    }
    words.push_back(static_cast<std::uint32_t>(bias));
    words.push_back(problem.raw ? 0
                                : static_cast<std::uint32_t>(operands.significand[column]) |
                                      static_cast<std::uint32_t>(operands.shift[column]) << 24);
    words.push_back(static_cast<std::uint32_t>(operands.zero_b[column]));
    words.push_back(0);
  }
  return words;
}

}  // namespace problems
