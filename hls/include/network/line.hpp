// SPDX-License-Identifier: Apache-2.0
#pragma once

// Memory in lines of 64 bytes, at which programs, images and results begin: eight 64-bit words, in
// one or more beats of the bus.

#include <cstdint>

#include "matmul/bus_word.hpp"
#include "matmul/stream.hpp"
#include "matmul/vector.hpp"

namespace overlay {

using Word = std::uint64_t;

constexpr int kLineWords = 8;
constexpr int kLineBeats = 8 * kLineWords / matmul::kBusBytes;
constexpr int kBeatWords = kLineWords / kLineBeats;

using Line = matmul::Vector<Word, kLineWords>;

inline int lines_of(int words) {
#pragma HLS INLINE
  return (words + kLineWords - 1) / kLineWords;
}

inline void put_beat(Line &line, int beat, const matmul::BusWord &word) {
#pragma HLS INLINE
  for (int i = 0; i < kBeatWords; ++i) {
#pragma HLS UNROLL
    line.lane[beat * kBeatWords + i] = word.lane[2 * i] | static_cast<Word>(word.lane[2 * i + 1])
                                                              << 32;
  }
}

/// One burst.
inline void read_lines(const matmul::BusWord *from, int lines, hls::stream<Line> &to) {
  Line line = {};
  for (int i = 0; i < lines * kLineBeats; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 8 max = 8192
    put_beat(line, i % kLineBeats, from[i]);
    if (i % kLineBeats == kLineBeats - 1) {
      to.write(line);
    }
  }
}

inline Line read_line(const matmul::BusWord *from) {
  Line line = {};
  for (int beat = 0; beat < kLineBeats; ++beat) {
#pragma HLS PIPELINE II = 1
    put_beat(line, beat, from[beat]);
  }
  return line;
}

inline void write_line(matmul::BusWord *to, const Line &line) {
#pragma HLS INLINE
  for (int beat = 0; beat < kLineBeats; ++beat) {
#pragma HLS UNROLL
    matmul::BusWord word;
    for (int i = 0; i < kBeatWords; ++i) {
#pragma HLS UNROLL
      word.lane[2 * i] = static_cast<std::uint32_t>(line.lane[beat * kBeatWords + i]);
      word.lane[2 * i + 1] = static_cast<std::uint32_t>(line.lane[beat * kBeatWords + i] >> 32);
    }
    to[beat] = word;
  }
}

}  // namespace overlay
