// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a call ended; docs/overlay.md says what each means.

#include <cstdint>

namespace overlay {

enum Status {
  kRight = 0,
  kWrongLetters = 1,
  kWrongVersion = 2,
  kWrongSum = 3,
  kWrongSize = 4,
  kWrongRecord = 5,
  kWrongCount = 6,
  kLayerTooLong = 7,
  kImageGone = 8,
  kWrongResults = 9,
  kWrongChunks = 10
};

/// A status with the number of the record that it is of, as the report has it.
inline std::uint32_t status_word(Status status, int record) {
#pragma HLS INLINE
  return status == kRight
             ? 0
             : static_cast<std::uint32_t>(status) | static_cast<std::uint32_t>(record) << 8;
}

}  // namespace overlay
