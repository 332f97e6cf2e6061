// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the column parameters of a tile: for each column of C four 32-bit words, of which word 0 is
// the bias, word 1 the scale or requantization, word 2 the zero point of B's column (see
// fabriq/fabriq.h).

#include "matmul/bus_word.hpp"
#include "matmul/stream.hpp"
#include "matmul/tile_position.hpp"

namespace matmul {

/// The parameters of one group of columns.
/// \tparam Size columns in a group
template <int Size>
struct ColumnGroup {
  std::uint32_t bias[Size];
  std::uint32_t scale[Size];
  std::int32_t zero[Size];
};

/// Writes Tile::kGroups groups; those past N repeat the last bus word.
template <typename Tile>
void load_columns(const BusWord *columns, int tile, Shape shape,
                  hls::stream<ColumnGroup<Tile::kArrayColumns>> &groups) {
  constexpr int kPerWord = kBusLanes / 4;
  constexpr int kWords = Tile::kArrayColumns / kPerWord;
  const TilePosition at = tile_position<Tile>(tile, shape);
  const int last = (shape.n - 1) / kPerWord;
  ColumnGroup<Tile::kArrayColumns> group;
  for (int g = 0; g < Tile::kGroups; ++g) {
    for (int w = 0; w < kWords; ++w) {
#pragma HLS PIPELINE II = 1
      const BusWord word = columns[smaller(at.column / kPerWord + g * kWords + w, last)];
      for (int i = 0; i < kPerWord; ++i) {
#pragma HLS UNROLL
        group.bias[w * kPerWord + i] = word.lane[4 * i];
        group.scale[w * kPerWord + i] = word.lane[4 * i + 1];
        group.zero[w * kPerWord + i] = static_cast<std::int32_t>(word.lane[4 * i + 2]);
      }
      if (w == kWords - 1) {
        groups.write(group);
      }
    }
  }
}

}  // namespace matmul
