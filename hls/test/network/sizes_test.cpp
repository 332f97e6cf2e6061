// SPDX-License-Identifier: Apache-2.0

// The sizes of the C++ kernel are those of the target `hls`, for which programs are planned.

#include "network/config.hpp"
#include "target_pkg.hpp"

namespace target = network_i8_target;

static_assert(overlay::kLines == target::kLines, "lines");
static_assert(overlay::kWeightEntries == target::kWeightEntries, "entries of weights");
static_assert(overlay::kWeightEntries == target::kFirstQuarterEntries, "all quarters hold as many");
static_assert(overlay::kTapRows == target::kTapRows, "rows of taps");
static_assert(overlay::kColumnEntries == target::kColumnEntries, "entries of column parameters");
static_assert(overlay::kTables == target::kTables, "tables");
static_assert(overlay::kRecords == target::kRecords, "records");
