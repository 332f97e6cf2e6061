// SPDX-License-Identifier: Apache-2.0
#pragma once

// The multiplier array. k is the outer loop and the groups of columns take turns inside it, so
// every sum takes its products in ascending k and is touched once in kInterleave cycles: the loop
// runs at II = 1 with an adder of up to kInterleave cycles.

#include "matmul/fp32.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

struct Fp32Products {
  using A = float;
  using B = float;
  using Sum = float;
  static float accumulate(float sum, float a, float b) {
#pragma HLS INLINE
    return fp32::add(sum, fp32::multiply(a, b));
  }
};

/// Exact: |sum of K products| <= 128 * 128 * 131,071 < 2^31.
struct Int8Products {
  using A = std::int8_t;
  using B = std::int8_t;
  using Sum = std::int32_t;
  static std::int32_t accumulate(std::int32_t sum, std::int8_t a, std::int8_t b) {
#pragma HLS INLINE
    return sum + static_cast<std::int16_t>(a) * static_cast<std::int16_t>(b);
  }
};

/// \tparam Products operand types and one step of a sum
/// \param sums out: [row][group][column of the group], starting from +0
template <typename Products, typename Tile>
void multiply(hls::stream<Vector<typename Products::A, Tile::kRows>> &a_columns,
              hls::stream<Vector<typename Products::B, Tile::kArrayColumns>> &b_groups, int k,
              typename Products::Sum (&sums)[Tile::kRows][Tile::kGroups][Tile::kArrayColumns]) {
  using Sum = typename Products::Sum;
  for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
    for (int r = 0; r < Tile::kRows; ++r) {
#pragma HLS UNROLL
      for (int c = 0; c < Tile::kArrayColumns; ++c) {
#pragma HLS UNROLL
        sums[r][g][c] = Sum(0);
      }
    }
  }
  Vector<typename Products::A, Tile::kRows> a;
  for (int i = 0; i < k; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
#pragma HLS DEPENDENCE variable = sums type = inter direction = RAW distance = 8 true
      if (g == 0) {
        a = a_columns.read();
      }
      const Vector<typename Products::B, Tile::kArrayColumns> b = b_groups.read();
      for (int r = 0; r < Tile::kRows; ++r) {
#pragma HLS UNROLL
        for (int c = 0; c < Tile::kArrayColumns; ++c) {
#pragma HLS UNROLL
          sums[r][g][c] = Products::accumulate(sums[r][g][c], a.lane[r], b.lane[c]);
        }
      }
    }
  }
}

static_assert(kInterleave == 8, "the distance in multiply's DEPENDENCE pragma is kInterleave");

}  // namespace matmul
