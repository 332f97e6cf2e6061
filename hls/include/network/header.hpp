// SPDX-License-Identifier: Apache-2.0
#pragma once

// The header of a program, and what is wrong with it.

#include "network/config.hpp"
#include "network/form.hpp"
#include "network/line.hpp"
#include "network/status.hpp"

namespace overlay {

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
  static_assert(kHeaderNumbers == 2 * kLineWords, "the header is a line");
  const Line line = read_line(program);
  std::uint32_t number[kHeaderNumbers];
#pragma HLS ARRAY_PARTITION variable = number complete
  std::uint32_t sum = 0;
  for (int i = 0; i < kHeaderNumbers; ++i) {
#pragma HLS UNROLL
    number[i] = static_cast<std::uint32_t>(line.lane[i / 2] >> (32 * (i % 2)));
    sum += number[i];
  }
  if (number[kMagicWord] != kMagic) {
    return kWrongLetters;
  }
  if (number[kVersionWord] != kVersion) {
    return kWrongVersion;
  }
  if (sum != kHeaderSum) {
    return kWrongSum;
  }
  const bool fits =
      within(number[kRecordsWord], 1, kRecords) &&
      within(number[kWeightsWord], 0, kWeightEntries) && within(number[kTapsWord], 0, kTapRows) &&
      within(number[kColumnsWord], 0, kColumnEntries) && within(number[kTablesWord], 0, kTables) &&
      within(number[kImageWordsWord], 1, kMostImageWords) &&
      within(number[kBaseWord], 0, kLines - 1) && within(number[kSecondBaseWord], 0, kLines - 1) &&
      within(number[kPitchWord], 0, kLines - 1) && within(number[kBlocksWord], 1, kMostBlocks) &&
      within(number[kTwiceWord], 0, kMostTwice) &&
      within(number[kResultWordsWord], 1, kMostResultWords) && number[kReservedWord] == 0;
  if (!fits) {
    return kWrongSize;
  }
  header.records = static_cast<int>(number[kRecordsWord]);
  header.weights = static_cast<int>(number[kWeightsWord]);
  header.taps = static_cast<int>(number[kTapsWord]);
  header.columns = static_cast<int>(number[kColumnsWord]);
  header.tables = static_cast<int>(number[kTablesWord]);
  header.image_words = static_cast<int>(number[kImageWordsWord]);
  header.bases[0] = static_cast<int>(number[kBaseWord]);
  header.bases[1] = static_cast<int>(number[kSecondBaseWord]);
  header.pitch = static_cast<int>(number[kPitchWord]);
  header.blocks = static_cast<int>(number[kBlocksWord]);
  header.twice = number[kTwiceWord] != 0;
  header.result_words = static_cast<int>(number[kResultWordsWord]);
  return kRight;
}

}  // namespace overlay
