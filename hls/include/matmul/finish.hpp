// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the epilogues of both arrays share: the column parameters, which come when a block enters
// the store and stay as long as it does, and the results of one group of columns.

#include "matmul/epilogue.hpp"
#include "matmul/kept_state.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/vector.hpp"

namespace matmul {

using Results = Vector<std::uint32_t, kGroup>;
using HeldColumns = ColumnGroup[kHeldPanels * kPanelGroups];

/// Takes the column parameters of the block that enters the store.
inline void hold_columns(hls::stream<ColumnGroup> &columns, const Block &at, const Shape &shape,
                         HeldColumns &held) {
#pragma HLS INLINE
  for (int panel = 0; panel < filled_panels(at); ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    for (int g = 0; g < panel_groups(at, panel, shape); ++g) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
      held[(at.columns + panel) * kPanelGroups + g] = columns.read();
    }
  }
}

template <typename Sum, typename Epilogue>
Results finish_group(const Sum *sums, const ColumnGroup &columns, std::int32_t row_sum,
                     const Epilogue &epilogue) {
#pragma HLS INLINE
  Results result;
  for (int c = 0; c < kGroup; ++c) {
#pragma HLS UNROLL
    result.lane[c] = epilogue(sums[c], columns.bias[c], columns.scale[c], columns.zero[c], row_sum);
  }
  return result;
}

}  // namespace matmul
