// SPDX-License-Identifier: Apache-2.0
#pragma once

// The array of the int8 kernel: a row of A streams past the panel, kLanes values of k per cycle,
// and the row's sums stand in registers until it ends. In the same cycles the codes of the next
// block enter the store. The sum of a row of A is formed beside: zB * sum_k a is the part of sum a
// * (b - zB) that is left out of the products.

#include "matmul/pair_product.hpp"
#include "matmul/steps.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

struct RowSums {
  std::int32_t products[kPanel];  // |sum of K products| <= 128 * 128 * 131,071 < 2^31
  std::int32_t a;
};

/// \tparam Owner keeps the state of kernels apart
/// \param sums out: for each panel of a block whose last k it is, its rows
template <typename Owner, typename Array>
void multiply_rows(hls::stream<Vector<std::int8_t, Array::kLanes>> &lanes,
                   hls::stream<Vector<std::int8_t, Array::kFillColumns>> &codes, Call call,
                   std::int64_t step, hls::stream<RowSums> &sums) {
  constexpr int kLanes = Array::kLanes;
  constexpr int kUnits = kPanel / Array::kFillColumns;
  using Codes = Vector<StoredCode, Array::kFillColumns>;
  MATMUL_KEPT(Owner, Codes, store, [Array::kStoreDepth / kLanes][kLanes][kUnits]);
#pragma HLS AGGREGATE variable = store
#pragma HLS ARRAY_PARTITION variable = store complete dim = 2
#pragma HLS ARRAY_PARTITION variable = store complete dim = 3
#pragma HLS BIND_STORAGE variable = store type = ram_s2p impl = bram
#pragma HLS DEPENDENCE variable = store type = inter false
  MATMUL_KEPT(Owner, RowSums, partial, [kBlockRows]);
#pragma HLS AGGREGATE variable = partial
#pragma HLS BIND_STORAGE variable = partial type = ram_2p impl = lutram
#pragma HLS DEPENDENCE variable = partial type = inter false

  struct Process;
  const Step blocks = next_step<Process, Array>(call, step);
  const Block now = blocks.multiplied;
  const Block next = blocks.entering;
  const int words = divide_up(now.depth, kLanes);
  const int turns = now.panels * now.rows * words;
  const int fills = filled_panels(next) * padded<Array>(next.depth) * kUnits;
  int word = 0;   // of the row
  int row = 0;    // of the panel
  int panel = 0;  // of the block
  int unit = 0;   // of the next block's row
  int fill_k = 0;
  RowSums row_sums = {};
#pragma HLS ARRAY_PARTITION variable = row_sums.products complete
  for (int turn = 0; turn < turns || turn < fills; ++turn) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 1024
    if (turn < turns) {
      const int slot = panel * now.rows + row;
      if (word == 0) {
        row_sums = now.first_k ? RowSums() : partial[slot];
      }
      const Vector<std::int8_t, kLanes> a = lanes.read();
      add_products<Array::kFabricPairs>(store[(now.stored + panel * now.stride) / kLanes + word],
                                        a.lane, row_sums.products);
      for (int l = 0; l < kLanes; ++l) {
#pragma HLS UNROLL
        row_sums.a += word * kLanes + l < now.depth ? a.lane[l] : 0;
      }
      if (++word == words) {
        if (now.last_k) {
          sums.write(row_sums);
        } else {
          partial[slot] = row_sums;
        }
        word = 0;
        if (++row == now.rows) {
          row = 0;
          ++panel;
        }
      }
    }
    if (turn < fills) {
      Vector<std::int8_t, Array::kFillColumns> fill = {};
      if (fill_k < next.depth) {
        fill = codes.read();
      }
      const int k = next.stored + unit / kUnits * next.stride + fill_k;
      for (int c = 0; c < Array::kFillColumns; ++c) {
#pragma HLS UNROLL
        store[k / kLanes][k % kLanes][unit % kUnits].lane[c] = fill.lane[c];
      }
      if (++unit == next.panels * kUnits) {
        unit = 0;
        ++fill_k;
      }
    }
  }
}

}  // namespace matmul
