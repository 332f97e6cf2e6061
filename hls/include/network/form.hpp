// SPDX-License-Identifier: Apache-2.0
#pragma once

// The form of a program, as docs/overlay.md states it, beside the words of its header and the
// fields of its records: the limits that any kernel has, which are what these can name. What a
// kernel's stores hold may be less (config.hpp). Hosts check programs by it too.

#include <cstdint>

#include "network/header_words.hpp"

namespace overlay {

constexpr std::uint32_t kRecordSum = 0x5a;  // of a record's bytes, modulo 256

// Lines of 64 bytes; a record is one.
constexpr int kLineBytes = 64;
constexpr int kHeaderLines = 1;
constexpr int kReportLines = 1;  // in front of the results

constexpr std::uint32_t kMostChunks = 65535;  // of a call
constexpr int kMostCycles = 1 << 20;          // of a layer

enum Kind { kConvolution = 0, kDepthwise = 1, kMaxPool = 2 };
constexpr int kMostFoldsLog2 = 2;

}  // namespace overlay
