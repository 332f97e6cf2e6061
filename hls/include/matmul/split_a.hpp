// SPDX-License-Identifier: Apache-2.0
#pragma once

// Brings A into the order of an array: lanes of one row, or columns of a tile, in ascending k.

#include "matmul/load_a.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Lanes past the end of a row hold what its last bus word holds there.
/// \tparam T element type of A
template <typename T, typename Array>
void split_rows(hls::stream<BusWord> &words, Call call, std::int64_t step,
                hls::stream<Vector<T, Array::kLanes>> &lanes) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).multiplied;
  constexpr int kPerWord = Elements<T>::kPerWord / Array::kLanes;  // of a word
  const int groups = divide_up(at.depth, Array::kLanes);
  BusWord word = zero_word();
  for (int row = 0; row < at.panels * at.rows; ++row) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
    for (int group = 0; group < groups; ++group) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 98
      if (group % kPerWord == 0) {
        word = words.read();
      }
      Vector<T, Array::kLanes> vector;
      for (int l = 0; l < Array::kLanes; ++l) {
#pragma HLS UNROLL
        vector.lane[l] = Elements<T>::get(word, group % kPerWord * Array::kLanes + l);
      }
      lanes.write(vector);
    }
  }
}

/// \tparam T element type of A
template <typename T, typename Array>
void transpose(hls::stream<BusWord> (&rows)[Array::kRows], Call call, std::int64_t step,
               hls::stream<Vector<T, Array::kRows>> &columns) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).multiplied;
  BusWord words[Array::kRows];
#pragma HLS ARRAY_PARTITION variable = words complete
  for (int tile = 0; tile < at.panels * divide_up(at.rows, Array::kRows); ++tile) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
    for (int i = 0; i < at.depth; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
      const int element = i % Elements<T>::kPerWord;
      Vector<T, Array::kRows> column;
      for (int r = 0; r < Array::kRows; ++r) {
#pragma HLS UNROLL
        if (element == 0) {
          words[r] = rows[r].read();
        }
        column.lane[r] = Elements<T>::get(words[r], element);
      }
      columns.write(column);
    }
  }
}

}  // namespace matmul
