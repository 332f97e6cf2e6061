// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the sums of a row of the array to words, a quarter at a time: two words of 8 codes, and
// where they belong. Word 0 is the quarter's first 8 channels; word 1 the next 8 or, of pairs, the
// pixel to the right.

#include "matmul/requantize.hpp"
#include "matmul/wrapping.hpp"
#include "network/activation_memory.hpp"
#include "network/array.hpp"

namespace overlay {

/// What the drain must know of a row of the array.
struct RowPlace {
  int pixel;   // first output pixel
  int left;    // output pixels left in the image row
  int plane;   // first line of the first channel block
  int block;   // that block
  int column;  // first entry of column parameters
};

inline RowPlace row_place(const Walk &walk) {
#pragma HLS INLINE
  return {walk.pixel, walk.x_left, walk.out_plane, walk.out_block, walk.column};
}

/// Words of a quarter.
struct QuarterPlace {
  Pair at;
  bool exist[2];
  int column;  // entry of column parameters
};

/// The quarters of a row of the array that give words.
inline int quarters_of(const Record &record) {
#pragma HLS INLINE
  return record.kind == kDepthwise                            ? kDepthwiseQuarters
         : record.kind == kMaxPool && record.fold_stride == 2 ? 2
                                                              : kQuarters;
}

inline QuarterPlace quarter_place(const Record &record, const RowPlace &row, int quarter) {
#pragma HLS INLINE
  const bool pair = record.pair != 0;
  int pixels = 0;  // from the row's first
  int block = 0;   // from the row's first
  if (record.kind != kConvolution || record.folds_log2 == 2) {
    pixels = pair ? 2 * quarter : quarter;
  } else if (record.folds_log2 == 1) {
    pixels = quarter >> 1;
    block = 2 * (quarter & 1);
  } else {
    block = 2 * quarter;
  }
  const int blocks = (record.out_blocks - row.block) & 255;
  const int pixel = row.pixel + pixels;
  const int second = pixel + (pair ? 1 : 0);
  const int plane =
      row.plane + (block & 2 ? 2 * record.out_pitch : 0) + (block & 4 ? 4 * record.out_pitch : 0);
  QuarterPlace place;
  place.at.bank = pixel + row.block + block;
  place.at.lines[0] = plane + (pixel >> 3);
  place.at.lines[1] = plane + (pair ? 0 : record.out_pitch) + (second >> 3);
  place.exist[0] = pixels < row.left && block < blocks;
  place.exist[1] = pair ? pixels + 1 < row.left
                        : record.kind != kDepthwise && pixels < row.left && block + 1 < blocks;
  place.column = (row.column + (block >> 1)) & (kColumnEntries - 1);
  return place;
}

/// The parameters of a column: the bias, a significand of 24 bits, a shift of 6.
struct Column {
  std::int32_t bias;
  std::int32_t significand;
  int shift;
};

inline Column column_of(Word word) {
#pragma HLS INLINE
  return {static_cast<std::int32_t>(word & 0xffffffff),
          static_cast<std::int32_t>(word >> 32 & 0xffffff), static_cast<int>(word >> 56 & 63)};
}

/// An average's significand is rounded up, so what lies below the guard bit of the greatest
/// multiple of 16 in its shift is no remainder.
inline std::int64_t without_rest(std::int64_t product, int shift) {
#pragma HLS INLINE
  const int coarse = shift >> 4;
  const std::int64_t kept = coarse == 0   ? -1
                            : coarse == 1 ? ~((std::int64_t(1) << 15) - 1)
                            : coarse == 2 ? ~((std::int64_t(1) << 31) - 1)
                                          : ~((std::int64_t(1) << 47) - 1);
  return product & kept;
}

inline std::int8_t finish_sum(const Record &record, std::int32_t sum, const Column &column) {
#pragma HLS INLINE
  const std::int64_t product = static_cast<std::int64_t>(sum) * column.significand;
  const matmul::OutputRange range = {record.zero_out, record.least, record.greatest};
  return static_cast<std::int8_t>(matmul::round_to_range(
      record.average ? without_rest(product, column.shift) : product, column.shift, range));
}

/// The sum of two codes of different scales.
inline std::int8_t add_codes(const Record &record, std::int8_t own, std::int8_t second) {
#pragma HLS INLINE
  const std::int64_t sum = static_cast<std::int64_t>(own - record.add_zero1) * record.add_m1 +
                           static_cast<std::int64_t>(second - record.add_zero2) * record.add_m2;
  const matmul::OutputRange range = {record.add_zero_out, record.add_least, record.add_greatest};
  return static_cast<std::int8_t>(matmul::round_to_range(sum, record.add_shift, range));
}

inline Word join_codes(const std::int8_t (&codes)[kLanes]) {
#pragma HLS INLINE
  Word word = 0;
  for (int lane = 0; lane < kLanes; ++lane) {
#pragma HLS UNROLL
    word |= static_cast<Word>(static_cast<std::uint8_t>(codes[lane])) << (8 * lane);
  }
  return word;
}

/// What a quarter gives: codes, and the sums that they are made of.
struct QuarterResult {
  Word words[kHalves];
  std::int32_t sums[kHalves][kLanes];
};

/// \param exist the words that count; others are 0
inline QuarterResult finish_quarter(const Record &record, const ArrayRow &row, int quarter,
                                    const bool (&exist)[kHalves],
                                    const Word (&columns)[kQuarterColumns], const Tables &tables) {
#pragma HLS INLINE
  QuarterResult result = {};
#pragma HLS ARRAY_PARTITION variable = result.sums complete dim = 0
  const int step = record.fold_stride == 2 ? 2 : 1;
  for (int half = 0; half < kHalves; ++half) {
#pragma HLS UNROLL
    if (exist[half]) {
      std::int8_t codes[kLanes];
#pragma HLS ARRAY_PARTITION variable = codes complete
      for (int lane = 0; lane < kLanes; ++lane) {
#pragma HLS UNROLL
        const Column column = column_of(columns[2 * lane + half]);
        const std::int32_t sum =
            matmul::wrapping_sum(sum_of(record, row, quarter, half, lane), column.bias);
        result.sums[half][lane] = sum;
        const std::int8_t code =
            record.kind == kMaxPool ? row.maxima[(step * (2 * quarter + half)) & (kBanks - 1)][lane]
                                    : finish_sum(record, sum, column);
        codes[lane] =
            record.table
                ? tables[lane][record.table_id * kTableCodes + static_cast<std::uint8_t>(code)]
                : code;
      }
      result.words[half] = join_codes(codes);
    }
  }
  return result;
}

/// Adds the second tensor, whose words lie where those of the result do, `offset` lines on.
inline void add_second(const Record &record, const Memory &memory, const Pair &at,
                       Word (&words)[kHalves]) {
#pragma HLS INLINE
  Word seconds[kHalves];
  read_second(memory, at, record.add_base - record.out_base, seconds);
  for (int half = 0; half < kHalves; ++half) {
#pragma HLS UNROLL
    std::int8_t codes[kLanes];
#pragma HLS ARRAY_PARTITION variable = codes complete
    for (int lane = 0; lane < kLanes; ++lane) {
#pragma HLS UNROLL
      codes[lane] = add_codes(record, code_at(words[half], lane), code_at(seconds[half], lane));
    }
    words[half] = join_codes(codes);
  }
}

}  // namespace overlay
