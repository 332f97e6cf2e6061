// SPDX-License-Identifier: Apache-2.0
#pragma once

// The sizes of network_i8: the array, and what the stores hold, which network_i8.targets.json
// states as the target `hls`. A program may use less: one that was planned for a smaller kernel
// runs here too. None is more than the form of a program can name.

#include "network/form.hpp"

namespace overlay {

constexpr int kLanes = 8;     // codes of a word: channels of a pixel
constexpr int kBanks = 8;     // of the activation memory: pixels that are read at once
constexpr int kQuarters = 4;  // of the array, each of which can take a pixel of its own
constexpr int kQuarterColumns = 16;
constexpr int kFabricPairs = 0;  // pairs of a quarter's columns that are multiplied without DSP

constexpr int kLines = 1024;          // of the activation memory: a word in each bank
constexpr int kWeightEntries = 1024;  // each kLanes codes for all columns
constexpr int kTapRows = 1024;  // each the three weights of a row of a window for kLanes channels
constexpr int kColumnEntries = 512;  // each the parameters of kQuarterColumns columns
constexpr int kTables = 8;           // of 256 codes
constexpr int kRecords = 64;         // of layers

static_assert(kLines <= static_cast<int>(kMostBase) + 1, "lines that a record can name");
static_assert(kWeightEntries <= static_cast<int>(kMostWeights), "entries that a record can name");
static_assert(kTapRows <= static_cast<int>(kMostTaps), "rows of taps that a record can name");
static_assert(kColumnEntries <= static_cast<int>(kMostColumns), "entries that a record can name");
static_assert(kTables <= static_cast<int>(kMostTables), "tables that a record can name");
static_assert(kRecords <= static_cast<int>(kMostRecords), "records that a report can name");

}  // namespace overlay
