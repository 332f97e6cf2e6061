// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the columns of B that a tile needs, k by k, and splits them into the array's groups.

#include "matmul/bus_word.hpp"
#include "matmul/stream.hpp"
#include "matmul/tile_position.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// Bus words of one row of B in a tile.
template <typename T, typename Tile>
struct TileOfB {
  static constexpr int kWords = Tile::kColumns / Elements<T>::kPerWord;
  static_assert(kWords * Elements<T>::kPerWord == Tile::kColumns, "a tile must be whole bus words");
};

/// One burst for all of B where the tile spans its rows; else kWords beats per k. Words past the
/// end of a row repeat its last word: C's columns past N are never stored. \tparam T element type
/// of B
template <typename T, typename Tile>
void load_b(const BusWord *b, int tile, Shape shape, hls::stream<BusWord> &words) {
  constexpr int kWords = TileOfB<T, Tile>::kWords;
  const TilePosition at = tile_position<Tile>(tile, shape);
  const int pitch = row_words(shape.n * static_cast<int>(sizeof(T)));
  const int first = at.column / Elements<T>::kPerWord;
  if (pitch == kWords) {
    for (int i = 0; i < shape.k * kWords; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
      words.write(b[i]);
    }
  } else {
    for (int i = 0; i < shape.k; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
      for (int w = 0; w < kWords; ++w) {
#pragma HLS PIPELINE II = 1
        words.write(b[static_cast<std::int64_t>(i) * pitch + smaller(first + w, pitch - 1)]);
      }
    }
  }
}

/// \tparam T element type of B
template <typename T, typename Tile>
void split_b(hls::stream<BusWord> &words, int k,
             hls::stream<Vector<T, Tile::kArrayColumns>> &groups) {
  BusWord word = zero_word();
  for (int i = 0; i < k; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
      const int element = g * Tile::kArrayColumns % Elements<T>::kPerWord;
      if (element == 0) {
        word = words.read();
      }
      Vector<T, Tile::kArrayColumns> group;
      for (int c = 0; c < Tile::kArrayColumns; ++c) {
#pragma HLS UNROLL
        group.lane[c] = Elements<T>::get(word, element + c);
      }
      groups.write(group);
    }
  }
}

}  // namespace matmul
