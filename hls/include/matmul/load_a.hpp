// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the rows of A that a tile needs, in bursts along each row, into one stream per row. A row's
// stream must hold two bursts, so that the transposer drains one while the next arrives.

#include "matmul/bus_word.hpp"
#include "matmul/stream.hpp"
#include "matmul/tile_position.hpp"

namespace matmul {

constexpr int kBurstWords = 16;

/// Rows past the end of A repeat its last row: no condition breaks a burst, and C's rows past M are
/// never stored.
/// \tparam T element type of A
template <typename T, typename Tile>
void load_a(const BusWord *a, int tile, Shape shape, hls::stream<BusWord> (&rows)[Tile::kRows]) {
  const TilePosition at = tile_position<Tile>(tile, shape);
  const int pitch = row_words(shape.k * static_cast<int>(sizeof(T)));
  const int words = divide_up(shape.k, Elements<T>::kPerWord);
  for (int first = 0; first < words; first += kBurstWords) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 13
    const int burst = smaller(kBurstWords, words - first);
    for (int r = 0; r < Tile::kRows; ++r) {
      const int row = smaller(at.row + r, shape.m - 1);
      const BusWord *source = a + static_cast<std::int64_t>(row) * pitch + first;
      for (int w = 0; w < burst; ++w) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 16
        const BusWord word = source[w];
        for (int to = 0; to < Tile::kRows; ++to) {
#pragma HLS UNROLL
          if (to == r) {
            rows[to].write(word);
          }
        }
      }
    }
  }
}

}  // namespace matmul
