// SPDX-License-Identifier: Apache-2.0
#pragma once

// Packs results into bus words and stores a tile of C. Lanes past N become zeros in C's row
// padding; nothing else outside C is written.

#include "matmul/bus_word.hpp"
#include "matmul/stream.hpp"
#include "matmul/tile_position.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Bus words that hold the tile's columns of one row of C.
inline int stored_words(int columns, bool bytes) {
#pragma HLS INLINE
  return divide_up(columns * (bytes ? 1 : 4), kBusBytes);
}

/// \param bytes true for int8 results, false for 32-bit ones
template <typename Tile>
void pack(hls::stream<Vector<std::uint32_t, Tile::kArrayColumns>> &results, int tile, Shape shape,
          bool bytes, hls::stream<BusWord> &words) {
  constexpr int kSize = Tile::kArrayColumns;
  const TilePosition at = tile_position<Tile>(tile, shape);
  const int stored = stored_words(at.columns, bytes);
  const int groups_per_word = (bytes ? kBusBytes : kBusLanes) / kSize;
  BusWord word = zero_word();
  for (int r = 0; r < at.rows; ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 16
    for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
      const Vector<std::uint32_t, kSize> result = results.read();
      const int group = g % groups_per_word;
      for (int c = 0; c < kSize; ++c) {
#pragma HLS UNROLL
        const std::uint32_t value = g * kSize + c < at.columns ? result.lane[c] : 0;
        const int element = group * kSize + c;
        if (bytes) {
          word.lane[element / 4] |= (value & 0xFF) << (8 * (element % 4));
        } else {
          word.lane[element] = value;
        }
      }
      if (group == groups_per_word - 1) {
        if (g / groups_per_word < stored) {
          words.write(word);
        }
        word = zero_word();
      }
    }
  }
}

template <typename Tile>
void store_c(hls::stream<BusWord> &words, int tile, Shape shape, bool bytes, BusWord *c) {
  const TilePosition at = tile_position<Tile>(tile, shape);
  const int pitch = row_words(shape.n * (bytes ? 1 : 4));
  const int stored = stored_words(at.columns, bytes);
  const int first = at.column * (bytes ? 1 : 4) / kBusBytes;
  for (int r = 0; r < at.rows; ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 16
    BusWord *row = c + static_cast<std::int64_t>(at.row + r) * pitch + first;
    for (int w = 0; w < stored; ++w) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
      row[w] = words.read();
    }
  }
}

}  // namespace matmul
