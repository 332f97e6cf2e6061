// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the columns of B that a tile needs, k by k, and splits them into the array's groups. Codes
// of B come packed, 8, 4 or 2 bits each, and leave as int8.

#include "matmul/bus_word.hpp"
#include "matmul/packed_codes.hpp"
#include "matmul/stream.hpp"
#include "matmul/tile_position.hpp"
#include "matmul/vector.hpp"

namespace matmul {

constexpr int kBusBits = 8 * kBusBytes;

/// Bus words that hold one row of B of a tile whose elements have `bits` bits.
template <typename Tile>
int tile_words_of_b(int bits) {
#pragma HLS INLINE
  return divide_up(Tile::kColumns * bits, kBusBits);
}

/// One burst for all of B where the tile spans its rows; else some beats per k. Words past the end
/// of a row repeat its last word: C's columns past N are never stored.
template <typename Tile>
void load_b(const BusWord *b, int tile, Shape shape, int bits, hls::stream<BusWord> &words) {
  const TilePosition at = tile_position<Tile>(tile, shape);
  const int per_row = tile_words_of_b<Tile>(bits);
  const int pitch = row_words(divide_up(shape.n * bits, 8));
  const int first = at.column * bits / kBusBits;
  if (pitch == per_row) {
    for (int i = 0; i < shape.k * per_row; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
      words.write(b[i]);
    }
  } else {
    for (int i = 0; i < shape.k; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
      for (int w = 0; w < per_row; ++w) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 4
        words.write(b[static_cast<std::int64_t>(i) * pitch + smaller(first + w, pitch - 1)]);
      }
    }
  }
}

/// \tparam T what elements of B become: float of 32 bits, std::int8_t of 8, 4 or 2
template <typename T, typename Tile>
void split_b(hls::stream<BusWord> &words, int tile, Shape shape, int bits,
             hls::stream<Vector<T, Tile::kArrayColumns>> &groups) {
  const int first = tile_position<Tile>(tile, shape).column * bits % kBusBits;
  BusWord word = zero_word();
  for (int i = 0; i < shape.k; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 784
    for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
      const int bit = (first + g * Tile::kArrayColumns * bits) % kBusBits;
      if (g == 0 || bit == 0) {
        word = words.read();
      }
      Vector<T, Tile::kArrayColumns> group;
      for (int c = 0; c < Tile::kArrayColumns; ++c) {
#pragma HLS UNROLL
        group.lane[c] = PackedElements<T>::get(word, bit + c * bits, bits);
      }
      groups.write(group);
    }
  }
}

}  // namespace matmul
