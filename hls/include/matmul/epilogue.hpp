// SPDX-License-Identifier: Apache-2.0
#pragma once

// Turns the finished sums of a tile into results, row by row, a group of columns at a time. A
// result is 32 bits: an fp32 pattern, an int32, or an int8 in the low byte.

#include "matmul/fp32.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/requantize.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace matmul {

/// sum + bias
struct BiasEpilogue {
  std::uint32_t operator()(float sum, std::uint32_t bias, std::uint32_t, std::int32_t, int) const {
#pragma HLS INLINE
    return bit_cast<std::uint32_t>(fp32::add(sum, bit_cast<float>(bias)));
  }
};

/// fl(sum * scale) + bias
struct ScaleBiasEpilogue {
  std::uint32_t operator()(float sum, std::uint32_t bias, std::uint32_t scale, std::int32_t,
                           int) const {
#pragma HLS INLINE
    const float scaled = fp32::multiply(sum, bit_cast<float>(scale));
    return bit_cast<std::uint32_t>(fp32::add(scaled, bit_cast<float>(bias)));
  }
};

/// sum - zB * row sum + bias modulo 2^32, then requantized or raw
struct RequantizingEpilogue {
  bool raw;
  OutputRange range;
  Vector<std::int32_t, Int8Tile::kRows> row_sums;

  std::uint32_t operator()(std::int32_t sum, std::uint32_t bias, std::uint32_t scale,
                           std::int32_t zero, int row) const {
#pragma HLS INLINE
    const std::uint32_t zero_part =
        static_cast<std::uint32_t>(zero) * static_cast<std::uint32_t>(row_sums.lane[row]);
    const std::uint32_t total = static_cast<std::uint32_t>(sum) - zero_part + bias;
    return raw ? total
               : static_cast<std::uint32_t>(
                     requantize(static_cast<std::int32_t>(total), scale, range));
  }
};

/// Writes `rows` x Tile::kGroups groups of results. II = 2 halves the epilogue's multipliers.
/// \tparam Epilogue result of (sum, bias, scale, zero point, row of the tile)
template <typename Tile, typename Sum, typename Epilogue>
void finish(const Sum (&sums)[Tile::kRows][Tile::kGroups][Tile::kArrayColumns],
            hls::stream<ColumnGroup<Tile::kArrayColumns>> &columns, int rows,
            const Epilogue &epilogue,
            hls::stream<Vector<std::uint32_t, Tile::kArrayColumns>> &results) {
#pragma HLS INLINE
  ColumnGroup<Tile::kArrayColumns> groups[Tile::kGroups];
  for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 1
    groups[g] = columns.read();
  }
  for (int r = 0; r < rows; ++r) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 16
    for (int g = 0; g < Tile::kGroups; ++g) {
#pragma HLS PIPELINE II = 2
      Vector<std::uint32_t, Tile::kArrayColumns> result;
      for (int c = 0; c < Tile::kArrayColumns; ++c) {
#pragma HLS UNROLL
        result.lane[c] =
            epilogue(sums[r][g][c], groups[g].bias[c], groups[g].scale[c], groups[g].zero[c], r);
      }
      results.write(result);
    }
  }
}

}  // namespace matmul
