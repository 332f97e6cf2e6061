// SPDX-License-Identifier: Apache-2.0
#pragma once

// A row of the array: sums of a matrix product, sums of depthwise windows, or maxima, over its
// beats. Column 2k + h of a quarter is lane k of its word h.

#include "network/load_program.hpp"
#include "network/walk.hpp"

namespace overlay {

constexpr int kDepthwiseQuarters = 3;
constexpr int kDepthwisePixels = 2 * kDepthwiseQuarters;

struct ArrayRow {
  std::int32_t products[kQuarters][kQuarterColumns];
  std::int32_t windows[kDepthwisePixels][kLanes];
  std::int8_t maxima[kBanks][kLanes];
};

inline void clear(ArrayRow &row) {
#pragma HLS INLINE
  for (int q = 0; q < kQuarters; ++q) {
#pragma HLS UNROLL
    for (int c = 0; c < kQuarterColumns; ++c) {
#pragma HLS UNROLL
      row.products[q][c] = 0;
    }
  }
  for (int p = 0; p < kBanks; ++p) {
#pragma HLS UNROLL
    for (int k = 0; k < kLanes; ++k) {
#pragma HLS UNROLL
      row.maxima[p][k] = -128;
      if (p < kDepthwisePixels) {
        row.windows[p][k] = 0;
      }
    }
  }
}

inline void split_word(Word word, std::int8_t (&codes)[kLanes]) {
#pragma HLS INLINE
  for (int lane = 0; lane < kLanes; ++lane) {
#pragma HLS UNROLL
    codes[lane] = code_at(word, lane);
  }
}

/// Each quarter takes the word of a pixel, and all its columns see that.
inline void add_convolution(const Record &record, const Word (&pixels)[kBanks],
                            const Codes (&weights)[kQuarters][kLanes][kHalves], ArrayRow &row) {
#pragma HLS INLINE
  for (int q = 0; q < kQuarters; ++q) {
#pragma HLS UNROLL
    const int fold = record.folds_log2 == 2 ? q : record.folds_log2 == 1 ? q / 2 : 0;
    std::int8_t codes[kLanes];
#pragma HLS ARRAY_PARTITION variable = codes complete
    split_word(record.fold_stride == 2 ? pixels[2 * fold] : pixels[fold], codes);
    matmul::add_products<kFabricPairs>(weights[q], codes, row.products[q]);
  }
}

/// Each output pixel sees a channel of three pixels.
inline void add_depthwise(const Word (&pixels)[kBanks], const Tap (&taps)[kTaps], ArrayRow &row) {
#pragma HLS INLINE
  std::int16_t codes[kBanks][kLanes];
#pragma HLS ARRAY_PARTITION variable = codes complete dim = 0
  for (int p = 0; p < kBanks; ++p) {
#pragma HLS UNROLL
    for (int k = 0; k < kLanes; ++k) {
#pragma HLS UNROLL
      codes[p][k] = code_at(pixels[p], k);
    }
  }
  for (int p = 0; p < kDepthwisePixels; ++p) {
#pragma HLS UNROLL
    for (int k = 0; k < kLanes; ++k) {
#pragma HLS UNROLL
      row.windows[p][k] += codes[p][k] * taps[0].lane[k] + codes[p + 1][k] * taps[1].lane[k] +
                           codes[p + 2][k] * taps[2].lane[k];
    }
  }
}

inline void take_maxima(const Word (&pixels)[kBanks], ArrayRow &row) {
#pragma HLS INLINE
  for (int p = 0; p < kBanks; ++p) {
#pragma HLS UNROLL
    for (int k = 0; k < kLanes; ++k) {
#pragma HLS UNROLL
      const std::int8_t code = code_at(pixels[p], k);
      row.maxima[p][k] = code > row.maxima[p][k] ? code : row.maxima[p][k];
    }
  }
}

/// The sum of a lane of a quarter's word.
inline std::int32_t sum_of(const Record &record, const ArrayRow &row, int quarter, int half,
                           int lane) {
#pragma HLS INLINE
  if (record.kind == kDepthwise) {
    return quarter < kDepthwiseQuarters ? row.windows[2 * quarter + half][lane] : 0;
  }
  return row.products[quarter][2 * lane + half];
}

}  // namespace overlay
