// SPDX-License-Identifier: Apache-2.0
#pragma once

// What becomes of a finished sum: a result of 32 bits, an fp32 pattern, an int32, or an int8 in the
// low byte. Operators of (sum, bias, scale, zero point of the column, sum of the row of A).

#include "matmul/bus_word.hpp"
#include "matmul/fp32.hpp"
#include "matmul/requantize.hpp"

namespace matmul {

/// sum + bias
struct BiasEpilogue {
  std::uint32_t operator()(float sum, std::uint32_t bias, std::uint32_t, std::int32_t,
                           std::int32_t) const {
#pragma HLS INLINE
    return bit_cast<std::uint32_t>(fp32::add(sum, bit_cast<float>(bias)));
  }
};

/// fl(sum * scale) + bias
struct ScaleBiasEpilogue {
  std::uint32_t operator()(float sum, std::uint32_t bias, std::uint32_t scale, std::int32_t,
                           std::int32_t) const {
#pragma HLS INLINE
    const float scaled = fp32::multiply(sum, bit_cast<float>(scale));
    return bit_cast<std::uint32_t>(fp32::add(scaled, bit_cast<float>(bias)));
  }
};

/// sum - zB * row sum + bias modulo 2^32, then requantized or raw
struct RequantizingEpilogue {
  bool raw;
  OutputRange range;

  std::uint32_t operator()(std::int32_t sum, std::uint32_t bias, std::uint32_t scale,
                           std::int32_t zero, std::int32_t row_sum) const {
#pragma HLS INLINE
    const std::uint32_t zero_part =
        static_cast<std::uint32_t>(zero) * static_cast<std::uint32_t>(row_sum);
    const std::uint32_t total = static_cast<std::uint32_t>(sum) - zero_part + bias;
    return raw ? total
               : static_cast<std::uint32_t>(
                     requantize(static_cast<std::int32_t>(total), scale, range));
  }
};

}  // namespace matmul
