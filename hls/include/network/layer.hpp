// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a layer: in each turn the array takes a beat, and a quarter of the row before leaves it. So
// a row of the array takes as many turns as it has beats, or quarters that give words.
//
// How long a layer may take is counted as the kernel in SystemVerilog does, which gives a quarter
// with a sum four cycles: the same programs are refused.

#include "network/results.hpp"

namespace overlay {

/// Cycles from a row's last beat to the next one's, at least.
inline int spacing_of(const Record &record) {
#pragma HLS INLINE
  return record.add ? 16 : record.kind == kDepthwise ? 3 : 4;
}

/// The pixels that a beat reads; the zero point where there are none.
inline void take_pixels(const Memory &memory, const Record &record, const Walk &walk,
                        Word (&pixels)[kBanks]) {
#pragma HLS INLINE
  const Word zero = static_cast<std::uint8_t>(record.zero_in) * Word(0x0101010101010101);
  const bool inside = walk.y >= 0 && walk.y < record.in_height;
  read_pixels(memory, walk.plane, walk.row + walk.x, block_of(walk, record), pixels);
  for (int k = 0; k < kBanks; ++k) {
#pragma HLS UNROLL
    const int x = walk.x + k;
    pixels[k] = inside && x >= 0 && x < record.in_width ? pixels[k] : zero;
  }
}

inline void add_beat(const Record &record, const Walk &walk, const Memory &memory,
                     const Weights &weights, const Taps &taps, ArrayRow &row) {
#pragma HLS INLINE
  Word pixels[kBanks];
#pragma HLS ARRAY_PARTITION variable = pixels complete
  take_pixels(memory, record, walk, pixels);
  if (is_first_of_row(walk)) {
    clear(row);
  }
  if (record.kind == kConvolution) {
    add_convolution(record, pixels, weights[walk.entry & (kWeightEntries - 1)], row);
  } else if (record.kind == kDepthwise) {
    add_depthwise(pixels, taps[walk.entry & (kTapRows - 1)], row);
  } else {
    take_maxima(pixels, row);
  }
}

inline void drain_quarter(const Record &record, const ArrayRow &row, const RowPlace &at,
                          int quarter, const Columns &columns, const Tables &tables, Memory &memory,
                          Results &state, matmul::BusWord *results) {
#pragma HLS INLINE
  const QuarterPlace place = quarter_place(record, at, quarter);
  QuarterResult result =
      finish_quarter(record, row, quarter, place.exist, columns[place.column], tables);
  if (record.to_results) {
    take_quarter(state, results, record, result, place.exist);
  } else {
    if (record.add) {
      add_second(record, memory, place.at, result.words);
    }
    write_pair(memory, place.at, place.exist, result.words);
  }
}

/// \param base first line of the input
/// \param state of the result that the layer may give words of, in `results`
inline Status run_layer(const Record &record, int base, const Weights &weights, const Taps &taps,
                        const Columns &columns, const Tables &tables, Memory &memory,
                        Results &state, matmul::BusWord *results) {
  const int spacing = spacing_of(record);
  const int quarters = quarters_of(record);
  Walk walk = first_beat(record, base);
  bool walking = true;
  ArrayRow row = {};
#pragma HLS ARRAY_PARTITION variable = row.products complete dim = 0
#pragma HLS ARRAY_PARTITION variable = row.windows complete dim = 0
#pragma HLS ARRAY_PARTITION variable = row.maxima complete dim = 0
  ArrayRow ended = {};  // the row that leaves
#pragma HLS ARRAY_PARTITION variable = ended.products complete dim = 0
#pragma HLS ARRAY_PARTITION variable = ended.windows complete dim = 0
#pragma HLS ARRAY_PARTITION variable = ended.maxima complete dim = 0
  RowPlace place = {};
  Status status = kLayerTooLong;
  int quarter = quarters;
  int beats = 0;   // of the row
  int cycles = 0;  // of the rows that have ended
  // The last turns drain the last row, and find that nothing is left.
  for (int turn = 0; turn < kMostCycles + kQuarters + 1; ++turn) {
#pragma HLS PIPELINE II = 1
#pragma HLS DEPENDENCE variable = memory type = inter false
    if (quarter < quarters) {
      drain_quarter(record, ended, place, quarter, columns, tables, memory, state, results);
      ++quarter;
    } else if (!walking) {
      status = kRight;
      break;
    }
    const Beat beat = beat_of(walk, record);
    if (walking && (!beat.row_last || quarter == quarters)) {
      add_beat(record, walk, memory, weights, taps, row);
      ++beats;
      if (beat.row_last) {
        cycles += cycles == 0 || beats > spacing ? beats : spacing;
        if (cycles > kMostCycles) {
          break;
        }
        ended = row;
        place = row_place(walk);
        quarter = 0;
        beats = 0;
      }
      walking = !next_beat(walk, record, beat);
    }
  }
  return status;
}

}  // namespace overlay
