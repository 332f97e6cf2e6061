// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace matmul {

/// a + b modulo 2^32, as an adder has it; a sum of int is undefined where it overflows.
inline std::int32_t wrapping_sum(std::int32_t a, std::int32_t b) {
#pragma HLS INLINE
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

}  // namespace matmul
