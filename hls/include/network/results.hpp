// SPDX-License-Identifier: Apache-2.0
#pragma once

// Words of results become lines of memory. A result has as many words as the header says: what is
// too much is dropped, and told.

#include "network/config.hpp"
#include "network/drain.hpp"
#include "network/line.hpp"

namespace overlay {

constexpr int kStepWords = 8;  // the most that come at once: sums of a quarter

/// Where a result stands. The memory of all results goes along beside it.
struct Results {
  std::int64_t beat;          // of the memory: where its next line is written
  int words;                  // that came
  int limit;                  // that it has
  int pending;                // words that are not written
  Word word[2 * kLineWords];  // these
};

/// \param beat of its first line
inline void begin_result(Results &results, std::int64_t beat, int limit) {
#pragma HLS INLINE
  results.beat = beat;
  results.words = 0;
  results.limit = limit;
  results.pending = 0;
}

inline void write_pending(Results &results, matmul::BusWord *memory) {
#pragma HLS INLINE
  Line line;
  for (int i = 0; i < kLineWords; ++i) {
#pragma HLS UNROLL
    line.lane[i] = i < results.pending ? results.word[i] : 0;
    results.word[i] = results.word[kLineWords + i];
  }
  write_line(memory + results.beat, line);
  results.beat += kLineBeats;
  results.pending -= kLineWords;
}

/// Takes the first `count` words, of which those behind the result's last one are dropped.
inline void take_words(Results &results, matmul::BusWord *memory, const Word (&words)[kStepWords],
                       int count) {
#pragma HLS INLINE
  const int room = results.limit - results.words;
  const int taken = room < 0 ? 0 : count < room ? count : room;
  for (int i = 0; i < kStepWords; ++i) {
#pragma HLS UNROLL
    if (i < taken) {
      results.word[results.pending + i] = words[i];
    }
  }
  results.words += count;
  results.pending += taken;
  if (results.pending >= kLineWords) {
    write_pending(results, memory);
  }
}

/// \return whether there were as many words as there should be
inline bool end_result(Results &results, matmul::BusWord *memory) {
#pragma HLS INLINE
  if (results.pending > 0) {
    write_pending(results, memory);
  }
  return results.words == results.limit;
}

/// The words of a quarter: of each half that exists one of codes, or four of sums.
inline void take_quarter(Results &results, matmul::BusWord *memory, const Record &record,
                         const QuarterResult &quarter, const bool (&exist)[kHalves]) {
#pragma HLS INLINE
  constexpr int kRawWords = kLanes / 2;
  Word words[kStepWords] = {};
#pragma HLS ARRAY_PARTITION variable = words complete
  int count = 0;
  for (int half = 0; half < kHalves; ++half) {
#pragma HLS UNROLL
    if (exist[half]) {
      if (record.raw) {
        for (int i = 0; i < kRawWords; ++i) {
#pragma HLS UNROLL
          words[count + i] =
              static_cast<std::uint32_t>(quarter.sums[half][2 * i]) |
              static_cast<Word>(static_cast<std::uint32_t>(quarter.sums[half][2 * i + 1])) << 32;
        }
        count += kRawWords;
      } else {
        words[count] = quarter.words[half];
        ++count;
      }
    }
  }
  take_words(results, memory, words, count);
}

}  // namespace overlay
