// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a compute unit holds of a program: the stores beside the array.

#include "matmul/pair_product.hpp"
#include "matmul/vector.hpp"
#include "network/config.hpp"
#include "network/line.hpp"

namespace overlay {

constexpr int kHalves = 2;  // of a quarter's columns
constexpr int kHalfColumns = kQuarterColumns / kHalves;
constexpr int kTaps = 3;         // of a row of a depthwise window
constexpr int kTableCopies = 8;  // each serves two of the codes that are looked up at once
constexpr int kTableCodes = 256;

/// What a lane of a half multiplies with.
using Codes = matmul::Vector<matmul::StoredCode, kHalfColumns>;

/// What a tap of a row of a depthwise window has for each channel.
using Tap = matmul::Vector<std::int16_t, kLanes>;

using Records = Line[kRecords];
using Weights = Codes[kWeightEntries][kQuarters][kLanes][kHalves];
using Taps = Tap[kTapRows][kTaps];
using Columns = Word[kColumnEntries][kQuarterColumns];
using Tables = std::int8_t[kTableCopies][kTables * kTableCodes];

}  // namespace overlay
