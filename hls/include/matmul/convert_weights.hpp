// SPDX-License-Identifier: Apache-2.0
#pragma once

// int8 weights to fp32: q - zB of the column, a 9-bit integer, which fp32 holds exactly.

#include "matmul/load_columns.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Passes the tile's column parameters on to the epilogue after taking the zero points from them.
template <typename Tile>
void convert_weights(hls::stream<Vector<std::int8_t, Tile::kArrayColumns>> &codes, int k,
                     hls::stream<ColumnGroup<Tile::kArrayColumns>> &columns,
                     hls::stream<ColumnGroup<Tile::kArrayColumns>> &passed,
                     hls::stream<Vector<float, Tile::kArrayColumns>> &weights) {
  std::int32_t zero[Tile::kGroups][Tile::kArrayColumns];
#pragma HLS ARRAY_PARTITION variable = zero complete dim = 2
  for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
    const ColumnGroup<Tile::kArrayColumns> group = columns.read();
    for (int c = 0; c < Tile::kArrayColumns; ++c) {
#pragma HLS UNROLL
      zero[g][c] = group.zero[c];
    }
    passed.write(group);
  }
  for (int i = 0; i < k; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
      const Vector<std::int8_t, Tile::kArrayColumns> code = codes.read();
      Vector<float, Tile::kArrayColumns> weight;
      for (int c = 0; c < Tile::kArrayColumns; ++c) {
#pragma HLS UNROLL
        weight.lane[c] = static_cast<float>(
            static_cast<std::int16_t>(code.lane[c] - static_cast<std::int16_t>(zero[g][c])));
      }
      weights.write(weight);
    }
  }
}

}  // namespace matmul
