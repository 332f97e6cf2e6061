// SPDX-License-Identifier: Apache-2.0
#pragma once

// The form of a program, as docs/overlay.md states it: what its header and its records hold, and
// the limits that any kernel has, which are what their fields can name. What a kernel's stores hold
// may be less (config.hpp). Hosts check programs by it too.

#include <cstdint>

namespace overlay {

constexpr std::uint32_t kMagic = 0x4e514146;      // the letters FAQN
constexpr std::uint32_t kFormVersion = 1;         // of the header and of each record
constexpr std::uint32_t kHeaderSum = 0x5a5a5a5a;  // of the header's words, modulo 2^32
constexpr std::uint32_t kRecordSum = 0x5a;        // of a record's bytes, modulo 256

constexpr int kHeaderNumbers = 16;  // words of 32 bits

/// The words of the header by their places.
enum HeaderWord {
  kMagicWord,
  kVersionWord,
  kRecordsWord,
  kWeightsWord,
  kTapsWord,
  kColumnsWord,
  kTablesWord,
  kImageWordsWord,
  kFirstPlaceWord,
  kSecondPlaceWord,
  kPitchWord,
  kBlocksWord,
  kFlagsWord,
  kResultWordsWord,
  kReservedWord,
  kSumWord
};

// Lines of 64 bytes that the header and an entry of each section take; a record is one, and so is a
// row of taps.
constexpr int kLineBytes = 64;
constexpr int kHeaderLines = 1;
constexpr int kReportLines = 1;  // in front of the results
constexpr int kWeightLines = 8;
constexpr int kColumnLines = 2;
constexpr int kTableLines = 4;

constexpr std::uint32_t kMostRecords = 64;
constexpr std::uint32_t kMostWeights = 1024;  // by the 10 bits of weight_entry
constexpr std::uint32_t kMostTaps = 1024;     // by the same
constexpr std::uint32_t kMostColumns = 512;   // by the 9 bits of column_entry
constexpr std::uint32_t kMostTables = 8;      // by the 3 bits of table_id
constexpr std::uint32_t kMostLines = 1024;    // by the 10 bits of in_base
constexpr std::uint32_t kMostWords = 65535;   // of an image or a result
constexpr std::uint32_t kMostBlocks = 255;    // of the image
constexpr std::uint32_t kMostFlags = 1;
constexpr std::uint32_t kMostChunks = 65535;  // of a call
constexpr int kMostCycles = 1 << 20;          // of a layer

enum Kind { kConvolution = 0, kDepthwise = 1, kMaxPool = 2 };
constexpr int kMostFoldsLog2 = 2;

}  // namespace overlay
