// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the column parameters of a block that is put into the store: for each column of C four
// 32-bit words, of which word 0 is the bias, word 1 the scale or requantization, word 2 the zero
// point of B's column (see fabriq/fabriq.h).

#include "matmul/bus_word.hpp"
#include "matmul/steps.hpp"
#include "matmul/stream.hpp"

namespace matmul {

/// The parameters of one group of columns.
struct ColumnGroup {
  std::uint32_t bias[kGroup];
  std::uint32_t scale[kGroup];
  std::int32_t zero[kGroup];
};

/// Writes the groups of each panel that have columns of C; columns past N repeat the last bus word.
template <typename Array>
void load_columns(const BusWord *columns, Call call, std::int64_t step,
                  hls::stream<ColumnGroup> &groups) {
  constexpr int kPerWord = kBusLanes / 4;
  constexpr int kWords = kGroup / kPerWord;
  struct Process;
  const Block at = next_step<Process, Array>(call, step).entering;
  const int last = (call.shape.n - 1) / kPerWord;
  ColumnGroup group;
  for (int panel = 0; panel < filled_panels(at); ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    for (int i = 0; i < panel_groups(at, panel, call.shape) * kWords; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 2 max = 16
      const int w = i % kWords;
      const BusWord word = columns[smaller((at.panel + panel) * kPanel / kPerWord + i, last)];
      for (int c = 0; c < kPerWord; ++c) {
#pragma HLS UNROLL
        group.bias[w * kPerWord + c] = word.lane[4 * c];
        group.scale[w * kPerWord + c] = word.lane[4 * c + 1];
        group.zero[w * kPerWord + c] = static_cast<std::int32_t>(word.lane[4 * c + 2]);
      }
      if (w == kWords - 1) {
        groups.write(group);
      }
    }
  }
}

}  // namespace matmul
