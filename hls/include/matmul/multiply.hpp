// SPDX-License-Identifier: Apache-2.0
#pragma once

// The array of the fp32 kernels. For each k of a tile, the groups of a panel take turns: every sum
// takes its products in ascending k and is touched once in kPanelGroups cycles, so the loop runs at
// II = 1 with an adder of up to 8 cycles. In the same cycles the weights of the next block enter
// the store, a group at a time.

#include "matmul/code_product.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/steps.hpp"
#include "matmul/vector.hpp"

namespace matmul {

struct Fp32Products {
  using Weight = float;
  static float multiply(float a, float b) {
#pragma HLS INLINE
    return fp32::multiply(a, b);
  }
};

struct Fp32CodeProducts {
  using Weight = CodeWeight;
  static float multiply(float a, CodeWeight b) {
#pragma HLS INLINE
    return multiply_code(a, b);
  }
};

/// The sums of a tile for one group of columns, row by row.
template <typename Array>
using GroupSums = Vector<float, Array::kRows * kGroup>;

/// sums[c] += a * b[c]
template <typename Products>
void add_row(float a, Vector<typename Products::Weight, kGroup> b, float *sums) {
#pragma HLS INLINE
  for (int c = 0; c < kGroup; ++c) {
#pragma HLS UNROLL
    sums[c] = fp32::add(sums[c], Products::multiply(a, b.lane[c]));
  }
}

/// group += the outer product of a column of A's tile and weights of B.
template <typename Products, typename Array>
void add_products(const Vector<float, Array::kRows> &a,
                  const Vector<typename Products::Weight, kGroup> &b, GroupSums<Array> &group) {
#pragma HLS INLINE
#pragma GCC unroll 8
  for (int r = 0; r < Array::kRows; ++r) {
#pragma HLS UNROLL
    add_row<Products>(a.lane[r], b, group.lane + r * kGroup);
  }
}

/// \tparam Products the type of a weight and one product
/// \param sums out: for each finished tile, kPanelGroups groups
template <typename Products, typename Array>
void multiply(hls::stream<Vector<float, Array::kRows>> &a_columns,
              hls::stream<Vector<typename Products::Weight, kGroup>> &weights, Call call,
              std::int64_t step, hls::stream<GroupSums<Array>> &sums) {
  using Weight = Vector<typename Products::Weight, kGroup>;
  using Group = GroupSums<Array>;
  constexpr int kTiles = kBlockRows / Array::kRows;
  MATMUL_KEPT(Products, Weight, store, [Array::kStoreDepth * kPanelGroups]);
#pragma HLS AGGREGATE variable = store
#pragma HLS BIND_STORAGE variable = store type = ram_s2p impl = bram
#pragma HLS DEPENDENCE variable = store type = inter false
  MATMUL_KEPT(Products, Group, partial, [kTiles][kPanelGroups]);
#pragma HLS AGGREGATE variable = partial
#pragma HLS BIND_STORAGE variable = partial type = ram_2p impl = lutram

  struct Process;
  const Step blocks = next_step<Process, Array>(call, step);
  const Block now = blocks.multiplied;
  const Block next = blocks.entering;
  const int tiles = divide_up(now.rows, Array::kRows);
  const int turns = now.panels * tiles * now.depth;
  const int fills = filled_panels(next) * next.depth;
  int tile = 0;    // of the panel
  int panel = 0;   // of the block
  int k = 0;       // of the block
  int filled = 0;  // panel of the next block
  int fill_k = 0;
  Vector<float, Array::kRows> a = {};
  for (int turn = 0; turn < turns || turn < fills; ++turn) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 1024
    const int from = (now.stored + panel * now.stride + k) * kPanelGroups;
    const int to = (next.stored + filled * next.stride + fill_k) * kPanelGroups;
    const int slot = panel * tiles + tile;
    const bool first = k == 0 && now.first_k;
    const bool last = k == now.depth - 1 && now.last_k;
    for (int g = 0; g < kPanelGroups; ++g) {
#pragma HLS PIPELINE II = 1
#pragma HLS DEPENDENCE variable = partial type = inter direction = RAW distance = 8 true
      if (turn < turns) {
        if (g == 0) {
          a = a_columns.read();
        }
        Group &group = partial[slot][g];
        if (first) {
          group = Group();
        }
        const Weight b = store[from + g];
        add_products<Products, Array>(a, b, group);
        if (last) {
          sums.write(group);
        }
      }
      if (turn < fills) {
        store[to + g] = weights.read();
      }
    }
    if (++k == now.depth) {
      k = 0;
      if (++tile == tiles) {
        tile = 0;
        ++panel;
      }
    }
    if (++filled == next.panels) {
      filled = 0;
      ++fill_k;
    }
  }
}

static_assert(kPanelGroups == 8, "the distance in multiply's DEPENDENCE pragma is kPanelGroups");

}  // namespace matmul
