// SPDX-License-Identifier: Apache-2.0
#pragma once

// The header of a program, and what is wrong with it.

#include "network/config.hpp"
#include "network/line.hpp"
#include "network/status.hpp"

namespace overlay {

constexpr int kHeaderLines = 1;

struct Header {
  int records;
  int weights;
  int taps;
  int columns;
  int tables;
  int image_words;  // of an image
  int bases[2];     // first lines of the image's places
  int pitch;        // lines from one channel block of the image to the next
  int blocks;       // channel blocks of the image
  bool twice;       // there are two places, used in turn
  int result_words;
};

/// Whether a number is in a range. All numbers of a header are without a sign.
inline bool within(std::uint32_t value, std::uint32_t least, std::uint32_t greatest) {
#pragma HLS INLINE
  return value >= least && value <= greatest;
}

/// \param header out: counts if the status is kRight
inline Status read_header(const matmul::BusWord *program, Header &header) {
  constexpr int kNumbers = 2 * kLineWords;
  const Line line = read_line(program);
  std::uint32_t number[kNumbers];
#pragma HLS ARRAY_PARTITION variable = number complete
  std::uint32_t sum = 0;
  for (int i = 0; i < kNumbers; ++i) {
#pragma HLS UNROLL
    number[i] = static_cast<std::uint32_t>(line.lane[i / 2] >> (32 * (i % 2)));
    sum += number[i];
  }
  if (number[0] != 0x4e514146) {
    return kWrongLetters;
  }
  if (number[1] != 1) {
    return kWrongVersion;
  }
  if (sum != 0x5a5a5a5a) {
    return kWrongSum;
  }
  const bool fits = within(number[2], 1, kRecords) && within(number[3], 0, kWeightEntries) &&
                    within(number[4], 0, kTapRows) && within(number[5], 0, kColumnEntries) &&
                    within(number[6], 0, kTables) && within(number[7], 1, 0xffff) &&
                    within(number[8], 0, kLines - 1) && within(number[9], 0, kLines - 1) &&
                    within(number[10], 0, kLines - 1) && within(number[11], 1, 255) &&
                    within(number[12], 0, 1) && within(number[13], 1, 0xffff) && number[14] == 0;
  if (!fits) {
    return kWrongSize;
  }
  header.records = static_cast<int>(number[2]);
  header.weights = static_cast<int>(number[3]);
  header.taps = static_cast<int>(number[4]);
  header.columns = static_cast<int>(number[5]);
  header.tables = static_cast<int>(number[6]);
  header.image_words = static_cast<int>(number[7]);
  header.bases[0] = static_cast<int>(number[8]);
  header.bases[1] = static_cast<int>(number[9]);
  header.pitch = static_cast<int>(number[10]);
  header.blocks = static_cast<int>(number[11]);
  header.twice = number[12] != 0;
  header.result_words = static_cast<int>(number[13]);
  return kRight;
}

}  // namespace overlay
