// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads a block of B, each word once, and splits it into what enters the store in a cycle. Codes of
// B come packed, 8, 4 or 2 bits each, and leave as int8.

#include "matmul/bus_word.hpp"
#include "matmul/packed_codes.hpp"
#include "matmul/steps.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Where the words of a block lie in each row of B.
struct RowOfB {
  int pitch;  // words from row to row
  int first;
  int words;  // only those that exist: a block may end behind B's last column
};

inline RowOfB row_of_b(const Block &block, const Shape &shape) {
#pragma HLS INLINE
  RowOfB row;
  row.pitch = row_words(divide_up(shape.n * shape.bits, 8));
  row.first = block.panel * kPanel * shape.bits / kBusBits;
  row.words =
      smaller(divide_up(block.panels * kPanel * shape.bits, kBusBits), row.pitch - row.first);
  return row;
}

/// One burst where the block spans B's rows, else a burst per k.
template <typename Array>
void load_b(const BusWord *b, Call call, std::int64_t step, hls::stream<BusWord> &words) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).entering;
  const RowOfB row = row_of_b(at, call.shape);
  const int rows = at.fills ? at.depth : 0;
  const BusWord *source = b + static_cast<std::int64_t>(at.k) * row.pitch + row.first;
  if (row.words == row.pitch) {
    for (int i = 0; i < rows * row.words; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
      words.write(source[i]);
    }
  } else {
    for (int i = 0; i < rows; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
      for (int w = 0; w < row.words; ++w) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
        words.write(source[static_cast<std::int64_t>(i) * row.pitch + w]);
      }
    }
  }
}

/// k by k, panel by panel, Array::kFillColumns at a time. Columns past the last word repeat it.
/// \tparam T what elements of B become: float of 32 bits, std::int8_t of 8, 4 or 2
template <typename T, typename Array>
void split_b(hls::stream<BusWord> &words, Call call, std::int64_t step,
             hls::stream<Vector<T, Array::kFillColumns>> &fills) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).entering;
  constexpr int kUnits = kPanel / Array::kFillColumns;
  const int bits = call.shape.bits;
  const RowOfB row = row_of_b(at, call.shape);
  const int units = filled_panels(at) * kUnits;
  BusWord word = zero_word();
  for (int i = 0; i < at.depth; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    for (int unit = 0; unit < units; ++unit) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
      const int bit = unit * Array::kFillColumns * bits;
      if (bit % kBusBits == 0 && bit / kBusBits < row.words) {
        word = words.read();
      }
      Vector<T, Array::kFillColumns> fill;
      for (int c = 0; c < Array::kFillColumns; ++c) {
#pragma HLS UNROLL
        fill.lane[c] = PackedElements<T>::get(word, bit % kBusBits + c * bits, bits);
      }
      fills.write(fill);
    }
  }
}

}  // namespace matmul
