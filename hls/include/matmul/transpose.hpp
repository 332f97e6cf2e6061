// SPDX-License-Identifier: Apache-2.0
#pragma once

// Turns a tile's rows of A into its columns in ascending k, one column of kRows elements per cycle.

#include "matmul/bus_word.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// \tparam T element type of A
template <typename T, typename Tile>
void transpose(hls::stream<BusWord> (&rows)[Tile::kRows], int k,
               hls::stream<Vector<T, Tile::kRows>> &columns) {
  BusWord words[Tile::kRows];
#pragma HLS ARRAY_PARTITION variable = words complete
  for (int i = 0; i < k; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    const int element = i % Elements<T>::kPerWord;
    Vector<T, Tile::kRows> column;
    for (int r = 0; r < Tile::kRows; ++r) {
#pragma HLS UNROLL
      if (element == 0) {
        words[r] = rows[r].read();
      }
      column.lane[r] = Elements<T>::get(words[r], element);
    }
    columns.write(column);
  }
}

}  // namespace matmul
