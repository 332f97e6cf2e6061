// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the rows of A of a block, once for each of its panels: row after row for an array that
// takes one row at a time, or the rows of a tile side by side.

#include "matmul/bus_word.hpp"
#include "matmul/steps.hpp"
#include "matmul/stream.hpp"

namespace matmul {

constexpr int kBurstWords = 16;

/// Bus words of a row of A in a block. \tparam T element type of A
template <typename T>
int words_of_a(const Block &block) {
#pragma HLS INLINE
  return divide_up(block.depth, Elements<T>::kPerWord);
}

/// One burst where the block spans A's rows, else a burst per row.
template <typename T, typename Array>
void load_rows(const BusWord *a, Call call, std::int64_t step, hls::stream<BusWord> &words) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).multiplied;
  const int pitch = row_words(call.shape.k * static_cast<int>(sizeof(T)));
  const int row = words_of_a<T>(at);
  const BusWord *source =
      a + static_cast<std::int64_t>(at.row) * pitch + at.k / Elements<T>::kPerWord;
  for (int panel = 0; panel < at.panels; ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    if (row == pitch) {
      for (int i = 0; i < at.rows * pitch; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 832
        words.write(source[i]);
      }
    } else {
      for (int r = 0; r < at.rows; ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
        for (int w = 0; w < row; ++w) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 32
          words.write(source[static_cast<std::int64_t>(r) * pitch + w]);
        }
      }
    }
  }
}

/// Tile after tile, in bursts along each row, into one stream per row of the tile. A row's stream
/// must hold two bursts, so that the transposer drains one while the next arrives. Rows past the
/// end of A repeat its last row: no condition breaks a burst, and C's rows past M are never stored.
template <typename T, typename Array>
void load_tiles(const BusWord *a, Call call, std::int64_t step,
                hls::stream<BusWord> (&rows)[Array::kRows]) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).multiplied;
  const int pitch = row_words(call.shape.k * static_cast<int>(sizeof(T)));
  const int words = words_of_a<T>(at);
  const int tiles = divide_up(at.rows, Array::kRows);
  int first_row = at.row;
  for (int tile = 0; tile < at.panels * tiles; ++tile) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
    for (int first = 0; first < words; first += kBurstWords) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
      const int burst = smaller(kBurstWords, words - first);
      for (int r = 0; r < Array::kRows; ++r) {
        const int row = smaller(first_row + r, call.shape.m - 1);
        const BusWord *source =
            a + static_cast<std::int64_t>(row) * pitch + at.k / Elements<T>::kPerWord + first;
        for (int w = 0; w < burst; ++w) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 16
          const BusWord word = source[w];
          for (int to = 0; to < Array::kRows; ++to) {
#pragma HLS UNROLL
            if (to == r) {
              rows[to].write(word);
            }
          }
        }
      }
    }
    first_row += Array::kRows;
    if (first_row >= at.row + at.rows) {
      first_row = at.row;
    }
  }
}

}  // namespace matmul
