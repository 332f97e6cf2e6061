// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the sections of a program into the stores, as many entries as its header says.

#include "network/form.hpp"
#include "network/header.hpp"
#include "network/stores.hpp"

namespace overlay {

static_assert(kLineBytes == 8 * kLineWords, "a line of memory is one of the form");
static_assert(kWeightsLines == kQuarters * kHalves, "lines of an entry of weights");
static_assert(kColumnsLines == kQuarterColumns / kLineWords, "lines of an entry of columns");
static_assert(kTablesLines == kTableCodes / kLineBytes, "lines of a table");

inline std::int8_t code_at(Word word, int place) {
#pragma HLS INLINE
  return static_cast<std::int8_t>(word >> (8 * place));
}

inline int section_lines(const Header &header) {
#pragma HLS INLINE
  return header.records + kWeightsLines * header.weights + header.taps +
         kColumnsLines * header.columns + kTablesLines * header.tables;
}

inline void read_sections(const matmul::BusWord *program, Header header, hls::stream<Line> &lines) {
  read_lines(program + kHeaderLines * kLineBeats, section_lines(header), lines);
}

inline void load_records(hls::stream<Line> &lines, int count, Records &records) {
  for (int i = 0; i < count; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
    records[i] = lines.read();
  }
}

/// A line holds half of a quarter's columns for all lanes.
inline void load_weights(hls::stream<Line> &lines, int count, Weights &weights) {
  for (int i = 0; i < kWeightsLines * count; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 8 max = 8192
    const Line line = lines.read();
    const int half = i % kHalves;
    const int quarter = i / kHalves % kQuarters;
    for (int lane = 0; lane < kLanes; ++lane) {
#pragma HLS UNROLL
      for (int c = 0; c < kHalfColumns; ++c) {
#pragma HLS UNROLL
        weights[i / kWeightsLines][quarter][lane][half].lane[c] = code_at(line.lane[lane], c);
      }
    }
  }
}

inline void load_taps(hls::stream<Line> &lines, int count, Taps &taps) {
  for (int i = 0; i < count; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 1024
    const Line line = lines.read();
    for (int tap = 0; tap < kTaps; ++tap) {
#pragma HLS UNROLL
      for (int channel = 0; channel < kLanes; ++channel) {
#pragma HLS UNROLL
        taps[i][tap].lane[channel] = code_at(line.lane[channel], tap);
      }
    }
  }
}

inline void load_columns(hls::stream<Line> &lines, int count, Columns &columns) {
  for (int i = 0; i < kColumnsLines * count; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 2 max = 1024
    const Line line = lines.read();
    for (int c = 0; c < kLineWords; ++c) {
#pragma HLS UNROLL
      columns[i / kColumnsLines][i % kColumnsLines * kLineWords + c] = line.lane[c];
    }
  }
}

inline void load_tables(hls::stream<Line> &lines, int count, Tables &tables) {
  constexpr int kLineCodes = 8 * kLineWords;
  Line line = {};
  for (int i = 0; i < kTableCodes * count; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 256 max = 2048
    if (i % kLineCodes == 0) {
      line = lines.read();
    }
    for (int copy = 0; copy < kTableCopies; ++copy) {
#pragma HLS UNROLL
      tables[copy][i] = code_at(line.lane[i % kLineCodes / 8], i % 8);
    }
  }
}

inline void load_sections(hls::stream<Line> &lines, Header header, Records &records,
                          Weights &weights, Taps &taps, Columns &columns, Tables &tables) {
  load_records(lines, header.records, records);
  load_weights(lines, header.weights, weights);
  load_taps(lines, header.taps, taps);
  load_columns(lines, header.columns, columns);
  load_tables(lines, header.tables, tables);
}

/// \param header of the program, which is right
inline void load_program(const matmul::BusWord *program, const Header &header, Records &records,
                         Weights &weights, Taps &taps, Columns &columns, Tables &tables) {
#pragma HLS DATAFLOW
  hls::stream<Line> lines;
#pragma HLS STREAM variable = lines depth = 16
  read_sections(program, header, lines);
  load_sections(lines, header, records, weights, taps, columns, tables);
}

}  // namespace overlay
