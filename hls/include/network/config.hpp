// SPDX-License-Identifier: Apache-2.0
#pragma once

// The sizes of network_i8: the array, and what the stores hold, which network_i8.targets.json
// states as the target `hls`. A program may use less: one that was planned for a smaller kernel
// runs here too. The fields of a record address no more than this.

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

constexpr int kMostChunks = 65535;
constexpr int kMostCycles = 1 << 20;  // of a layer

}  // namespace overlay
