// SPDX-License-Identifier: Apache-2.0
#pragma once

// The steps of a call: the DATAFLOW region's loop. It takes one more than there are blocks: in a
// step one block enters the store while the block before is loaded from A, multiplied, finished and
// stored. Every process tells its blocks from those of its last step, so that the loop body holds
// nothing but processes, and none divides.

#include "matmul/blocks.hpp"
#include "matmul/kept_state.hpp"

namespace matmul {

struct Step {
  Block entering;
  Block multiplied;
};

inline Position position_after(const Position &at, const Blocks &blocks) {
#pragma HLS INLINE
  const bool last_k = at.k_block == blocks.k_blocks - 1;
  const bool last_rows = last_k && at.row_block == blocks.row_blocks - 1;
  Position next;
  next.index = at.index + 1;
  next.k_block = last_k ? 0 : at.k_block + 1;
  next.row_block = last_rows ? 0 : last_k ? at.row_block + 1 : at.row_block;
  next.span = last_rows ? at.span + 1 : at.span;
  return next;
}

/// \tparam Process a type of the calling process's own, which keeps its position
/// \param step 0 at first, then one more at each call
template <typename Process, typename Array>
Step next_step(const Call &call, std::int64_t step) {
#pragma HLS INLINE
  constexpr Position kBefore = {-1, 0, 0, 0};
  constexpr Position kFirst = {0, 0, 0, 0};
  MATMUL_KEPT(Process, Position, entering, [1]);
  const Position multiplied = step == 0 ? kBefore : entering[0];
  entering[0] = step == 0 ? kFirst : position_after(multiplied, call.blocks);
  Step blocks;
  blocks.entering = block_at<Array>(call, entering[0]);
  blocks.multiplied = block_at<Array>(call, multiplied);
  return blocks;
}

}  // namespace matmul
