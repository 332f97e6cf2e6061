// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs the records of a program, once for each image.

#include "network/form.hpp"
#include "network/layer.hpp"
#include "network/load_image.hpp"

namespace overlay {

/// How a run ended, and in which record.
struct Outcome {
  Status status;
  int record;
};

/// What is wrong with a record, before anything of it is done. \param number of it, from 0 on
inline Status check_record(const Line &words, const Record &record, int number, int records) {
  std::uint32_t sum = 0;
  for (int i = 0; i < 8 * kLineWords; ++i) {
#pragma HLS UNROLL
    sum += static_cast<std::uint8_t>(words.lane[i / 8] >> (8 * (i % 8)));
  }
  const bool right = (sum & 255) == kRecordSum && record.version == static_cast<int>(kVersion) &&
                     record.kind <= kMaxPool && record.folds_log2 <= kMostFoldsLog2 &&
                     record.kernel_width != 0 && record.kernel_height != 0 &&
                     record.in_blocks != 0 && record.out_width != 0 && record.out_height != 0 &&
                     record.row_pixels != 0 && record.tiles != 0;
  if (!right) {
    return kWrongRecord;
  }
  return (record.last != 0) == (number == records - 1) ? kRight : kWrongCount;
}

/// Whether a layer waits for words of the image at all.
inline bool waits_for_image(const Record &record) {
#pragma HLS INLINE
  const bool rows = record.need_start != 0 || (record.need_y != 0 && record.out_height > 1) ||
                    (record.need_x != 0 && record.out_width > record.row_pixels);
  const bool blocks = record.need_per_block && !is_by_channel(record) && record.in_blocks > 1;
  return record.input_first && (rows || blocks);
}

/// \param results the first result's first line
inline Outcome run_program(const matmul::BusWord *images, matmul::BusWord *results, int chunks,
                           const Header &header, const Records &records, const Weights &weights,
                           const Taps &taps, const Columns &columns, const Tables &tables,
                           Memory &memory) {
  const std::int64_t pitch = lines_of(header.result_words) * kLineBeats;
  Images state = {};
  Results result = {};
#pragma HLS ARRAY_PARTITION variable = result.word complete
  bool as_many = true;
  for (int chunk = 0; chunk < chunks; ++chunk) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
    begin_result(result, chunk * pitch, header.result_words);
    for (int number = 0; number < header.records; ++number) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 64
      fill_places(images, header, chunks, state, memory);
      const Line words = records[number];
      const Record record = read_record(words.lane);
      Status status = check_record(words, record, number, header.records);
      if (status == kRight && state.held == 0 && waits_for_image(record)) {
        status = kImageGone;
      }
      if (status == kRight) {
        const int image = header.bases[header.twice ? chunk & 1 : 0];
        status = run_layer(record, record.input_first ? image : record.in_base, weights, taps,
                           columns, tables, memory, result, results);
      }
      if (status != kRight) {
        return {status, number};
      }
      if (record.frees_image && state.held > 0) {
        --state.held;
      }
    }
    as_many = end_result(result, results) && as_many;
  }
  return {as_many ? kRight : kWrongResults, header.records - 1};
}

}  // namespace overlay
