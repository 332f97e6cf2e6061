// SPDX-License-Identifier: Apache-2.0
#pragma once

// Turns the tiles of the fp32 array, whose sums come group by group, into results row by row. II =
// 2 halves the operators.

#include "matmul/finish.hpp"
#include "matmul/multiply.hpp"

namespace matmul {

/// \tparam Owner keeps the state of kernels apart
/// \tparam Epilogue of epilogue.hpp
template <typename Owner, typename Array, typename Epilogue>
void finish_tiles(hls::stream<GroupSums<Array>> &sums, hls::stream<ColumnGroup> &columns, Call call,
                  std::int64_t step, Epilogue epilogue, hls::stream<Results> &results) {
  MATMUL_KEPT(Owner, ColumnGroup, held, [kHeldPanels * kPanelGroups]);
#pragma HLS AGGREGATE variable = held
  struct Process;
  const Step blocks = next_step<Process, Array>(call, step);
  const Block now = blocks.multiplied;
  hold_columns(columns, blocks.entering, call.shape, held);
  GroupSums<Array> tile[kPanelGroups];
  for (int panel = 0; panel < finished_panels(now); ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    const int groups = panel_groups(now, panel, call.shape);
    for (int first = 0; first < now.rows; first += Array::kRows) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
      for (int g = 0; g < kPanelGroups; ++g) {
#pragma HLS PIPELINE II = 1
        tile[g] = sums.read();
      }
      for (int r = 0; r < smaller(Array::kRows, now.rows - first); ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
        for (int g = 0; g < groups; ++g) {
#pragma HLS PIPELINE II = 2
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
          results.write(finish_group(tile[g].lane + r * kGroup,
                                     held[(now.columns + panel) * kPanelGroups + g], 0, epilogue));
        }
      }
    }
  }
}

}  // namespace matmul
