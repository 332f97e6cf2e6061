// SPDX-License-Identifier: Apache-2.0
#pragma once

// Codes of B to the weights that fp32 is multiplied by: code - zB of the column, a 9-bit integer.

#include "matmul/code_product.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Passes the block's column parameters on to the epilogue after taking the zero points from them.
template <typename Array>
void convert_weights(hls::stream<Vector<std::int8_t, kGroup>> &codes, Call call, std::int64_t step,
                     hls::stream<ColumnGroup> &columns, hls::stream<ColumnGroup> &passed,
                     hls::stream<Vector<CodeWeight, kGroup>> &weights) {
  static_assert(Array::kFillColumns == kGroup, "codes come in groups of columns");
  constexpr int kMostPanels = kBusBits / (2 * kPanel);  // of 2-bit codes in a bus word
  struct Process;
  const Block at = next_step<Process, Array>(call, step).entering;
  const int panels = filled_panels(at);
  std::int32_t zero[kMostPanels * kPanelGroups][kGroup] = {};
#pragma HLS ARRAY_PARTITION variable = zero complete dim = 2
  for (int panel = 0; panel < panels; ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    for (int g = 0; g < panel_groups(at, panel, call.shape); ++g) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
      const ColumnGroup group = columns.read();
      for (int c = 0; c < kGroup; ++c) {
#pragma HLS UNROLL
        zero[panel * kPanelGroups + g][c] = group.zero[c];
      }
      passed.write(group);
    }
  }
  for (int i = 0; i < at.depth; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    for (int g = 0; g < panels * kPanelGroups; ++g) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
      const Vector<std::int8_t, kGroup> code = codes.read();
      Vector<CodeWeight, kGroup> weight;
      for (int c = 0; c < kGroup; ++c) {
#pragma HLS UNROLL
        weight.lane[c] = static_cast<CodeWeight>(
            static_cast<std::int16_t>(code.lane[c] - static_cast<std::int16_t>(zero[g][c])));
      }
      weights.write(weight);
    }
  }
}

}  // namespace matmul
