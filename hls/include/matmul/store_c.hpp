// SPDX-License-Identifier: Apache-2.0
#pragma once

// Packs results into bus words and stores a block of C. Lanes past N become zeros in C's row
// padding; nothing else outside C is written.

#include "matmul/bus_word.hpp"
#include "matmul/steps.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Bus words that hold a panel's columns of one row of C.
inline int stored_words(int columns, bool wide) {
#pragma HLS INLINE
  return divide_up(columns * (wide ? 4 : 1), kBusBytes);
}

/// \param wide true for 32-bit results, false for int8
template <typename Array>
void pack(hls::stream<Vector<std::uint32_t, kGroup>> &results, Call call, std::int64_t step,
          bool wide, hls::stream<BusWord> &words) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).multiplied;
  const int groups_per_word = (wide ? kBusLanes : kBusBytes) / kGroup;
  BusWord word = zero_word();
  for (int panel = 0; panel < finished_panels(at); ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    const int columns = panel_columns(at, panel, call.shape);
    const int groups = divide_up(columns, kGroup);
    for (int r = 0; r < at.rows; ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
      for (int g = 0; g < groups; ++g) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
        const Vector<std::uint32_t, kGroup> result = results.read();
        const int group = g & (groups_per_word - 1);
        for (int c = 0; c < kGroup; ++c) {
#pragma HLS UNROLL
          const std::uint32_t value = g * kGroup + c < columns ? result.lane[c] : 0;
          const int element = group * kGroup + c;
          if (wide) {
            word.lane[element] = value;
          } else {
            word.lane[element / 4] |= (value & 0xFF) << (8 * (element % 4));
          }
        }
        if (group == groups_per_word - 1 || g == groups - 1) {
          words.write(word);
          word = zero_word();
        }
      }
    }
  }
}

template <typename Array>
void store_c(hls::stream<BusWord> &words, Call call, std::int64_t step, bool wide, BusWord *c) {
  struct Process;
  const Block at = next_step<Process, Array>(call, step).multiplied;
  const int pitch = row_words(call.shape.n * (wide ? 4 : 1));
  for (int panel = 0; panel < finished_panels(at); ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    const int stored = stored_words(panel_columns(at, panel, call.shape), wide);
    const int first = (at.panel + panel) * kPanel * (wide ? 4 : 1) / kBusBytes;
    for (int r = 0; r < at.rows; ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
      BusWord *row = c + static_cast<std::int64_t>(at.row + r) * pitch + first;
      for (int w = 0; w < stored; ++w) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
        row[w] = words.read();
      }
    }
  }
}

}  // namespace matmul
