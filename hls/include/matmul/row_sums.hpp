// SPDX-License-Identifier: Apache-2.0
#pragma once

// Forms sum_k a(i,k) of a tile's rows on the way to the array; zB * sum_k a is the part of
// sum a * (b - zB) that is left out of the products.

#include <cstdint>

#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Passes k columns on, then writes one vector of sums.
template <typename Tile>
void sum_rows(hls::stream<Vector<std::int8_t, Tile::kRows>> &columns, int k,
              hls::stream<Vector<std::int8_t, Tile::kRows>> &passed,
              hls::stream<Vector<std::int32_t, Tile::kRows>> &row_sums) {
  Vector<std::int32_t, Tile::kRows> sums = {};
  for (int i = 0; i < k; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    const Vector<std::int8_t, Tile::kRows> column = columns.read();
    for (int r = 0; r < Tile::kRows; ++r) {
#pragma HLS UNROLL
      sums.lane[r] += column.lane[r];
    }
    passed.write(column);
  }
  row_sums.write(sums);
}

}  // namespace matmul
