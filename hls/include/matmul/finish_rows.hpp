// SPDX-License-Identifier: Apache-2.0
#pragma once

// Turns the sums of the int8 array into results, row by row, a group of columns at a time. II = 2
// halves the multipliers.

#include "matmul/finish.hpp"
#include "matmul/multiply_rows.hpp"

namespace matmul {

/// \tparam Owner keeps the state of kernels apart
/// \tparam Epilogue of epilogue.hpp
template <typename Owner, typename Array, typename Epilogue>
void finish_rows(hls::stream<RowSums> &sums, hls::stream<ColumnGroup> &columns, Call call,
                 std::int64_t step, Epilogue epilogue, hls::stream<Results> &results) {
  MATMUL_KEPT(Owner, ColumnGroup, held, [kHeldPanels * kPanelGroups]);
#pragma HLS AGGREGATE variable = held
  struct Process;
  const Step blocks = next_step<Process, Array>(call, step);
  const Block now = blocks.multiplied;
  hold_columns(columns, blocks.entering, call.shape, held);
  for (int panel = 0; panel < finished_panels(now); ++panel) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
    const int groups = panel_groups(now, panel, call.shape);
    for (int r = 0; r < now.rows; ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
      const RowSums row = sums.read();
#pragma HLS ARRAY_PARTITION variable = row.products cyclic factor = 8
      for (int g = 0; g < groups; ++g) {
#pragma HLS PIPELINE II = 2
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
        results.write(finish_group(row.products + g * kGroup,
                                   held[(now.columns + panel) * kPanelGroups + g], row.a,
                                   epilogue));
      }
    }
  }
}

}  // namespace matmul
