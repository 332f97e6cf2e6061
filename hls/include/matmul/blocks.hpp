// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a multiplication is cut. A block is `span` panels of C x some rows x some k: what the array
// does with one filling of the store. Blocks are numbered with k fastest, then rows, then panels.
// While the array computes with a block, the next is put into the store.
//
// A span is several panels where one bus word holds packed codes of more than one panel: then every
// word of B is read once.

#include <cstdint>

#include "matmul/config.hpp"

namespace matmul {

struct Shape {
  int m;
  int k;
  int n;
  int bits;  // of an element of B in memory: 32, 8, 4 or 2
};

inline int divide_up(int value, int by) {
#pragma HLS INLINE
  return (value + by - 1) / by;
}

inline int smaller(int a, int b) {
#pragma HLS INLINE
  return a < b ? a : b;
}

/// k, rounded up to whole lanes.
template <typename Array>
int padded(int k) {
#pragma HLS INLINE
  return divide_up(k, Array::kLanes) * Array::kLanes;
}

/// A whole multiplication in blocks.
struct Blocks {
  int span;        // panels of a block
  int panels;      // of C
  int spans;       // of C
  int rows;        // of a block
  int row_blocks;  // down C
  int depth;       // k of a block
  int k_blocks;
  bool whole;  // the store holds all of B, and every block has its own place
  std::int64_t count;
};

/// \param value a power of two
constexpr int log2_of(int value) { return value == 1 ? 0 : 1 + log2_of(value / 2); }

/// Divides by powers of two only.
template <typename Array>
Blocks cut(const Shape &shape) {
#pragma HLS INLINE
  constexpr int kHalfStore = Array::kStoreDepth / 2;
  constexpr int kRowShift = log2_of(kBlockRows);
  constexpr int kDepthShift = log2_of(kHalfStore);
  const int panel_bits = kPanel * shape.bits;
  const int doublings = 4 * panel_bits == kBusBits ? 2 : 2 * panel_bits == kBusBits ? 1 : 0;
  Blocks blocks;
  blocks.span = 1 << doublings;
  blocks.panels = divide_up(shape.n, kPanel);
  blocks.spans = (blocks.panels + blocks.span - 1) >> doublings;
  blocks.rows = kBlockRows >> doublings;
  blocks.row_blocks = (shape.m + blocks.rows - 1) >> (kRowShift - doublings);
  const int k = padded<Array>(shape.k);
  blocks.whole = blocks.panels <= kHeldPanels && k * blocks.panels <= Array::kStoreDepth;
  const int depth = kHalfStore >> doublings;
  blocks.depth = blocks.whole ? k : depth;
  blocks.k_blocks = blocks.whole ? 1 : (k + depth - 1) >> (kDepthShift - doublings);
  blocks.count = std::int64_t(blocks.spans) * blocks.row_blocks * blocks.k_blocks;
  return blocks;
}

/// What every process knows of a call.
struct Call {
  Shape shape;
  Blocks blocks;
  bool held;  // the store holds B and the column parameters already
};

template <typename Array>
Call cut_call(const Shape &shape) {
#pragma HLS INLINE
  Call call;
  call.shape = shape;
  call.blocks = cut<Array>(shape);
  call.held = false;
  return call;
}

struct Block {
  int panel;   // the first
  int panels;  // 0 before the first block and after the last
  int row;     // of C, the first
  int rows;
  int k;  // the first
  int depth;
  bool first_k;
  bool last_k;
  bool fills;   // B and column parameters come from memory
  int stored;   // k of the store where the first panel begins
  int stride;   // k of the store from panel to panel
  int columns;  // panel of the column store where the first panel's parameters are
};

/// Where a block is among the others.
struct Position {
  std::int64_t index;
  int span;
  int row_block;
  int k_block;
};

/// \param at a position outside the call gives a block of 0 panels
template <typename Array>
Block block_at(const Call &call, const Position &at) {
#pragma HLS INLINE
  const Blocks &blocks = call.blocks;
  const bool inside = at.index >= 0 && at.index < blocks.count;
  const int slot = static_cast<int>((blocks.k_blocks == 1 ? at.span : at.index) & 1);
  Block block;
  block.panel = at.span * blocks.span;
  block.panels = inside ? smaller(blocks.span, blocks.panels - block.panel) : 0;
  block.row = at.row_block * blocks.rows;
  block.rows = smaller(blocks.rows, call.shape.m - block.row);
  block.k = at.k_block * blocks.depth;
  block.depth = smaller(blocks.depth, call.shape.k - block.k);
  block.first_k = at.k_block == 0;
  block.last_k = at.k_block == blocks.k_blocks - 1;
  block.fills = inside && !call.held && (blocks.k_blocks > 1 || at.row_block == 0);
  block.stored = blocks.whole ? block.panel * blocks.depth : slot * (Array::kStoreDepth / 2);
  block.stride = blocks.depth;
  block.columns = blocks.whole ? block.panel : slot * blocks.span;
  return block;
}

/// Panels of the block in a step that are finished in it: none before its last k.
inline int finished_panels(const Block &block) {
#pragma HLS INLINE
  return block.last_k ? block.panels : 0;
}

/// Panels that a process fills in for a block: none if it does not fill.
inline int filled_panels(const Block &block) {
#pragma HLS INLINE
  return block.fills ? block.panels : 0;
}

/// Columns of C in a panel of a block.
inline int panel_columns(const Block &block, int panel, const Shape &shape) {
#pragma HLS INLINE
  return smaller(kPanel, shape.n - (block.panel + panel) * kPanel);
}

/// Groups of columns of C in a panel of a block.
inline int panel_groups(const Block &block, int panel, const Shape &shape) {
#pragma HLS INLINE
  return divide_up(panel_columns(block, panel, shape), kGroup);
}

}  // namespace matmul
