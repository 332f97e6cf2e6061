// SPDX-License-Identifier: Apache-2.0
#pragma once

// The time that a test's calls take. Whether they are fast is for the benchmarks to say.

#include <chrono>

#include "check.hpp"

namespace check {

/// Seconds in which whatever waits for nothing ends, on a busy machine too. What a test tells it
/// from, a stalled run or a process that hangs, must take longer.
constexpr double kPrompt = 10;

inline double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace check

#define CHECK_PROMPT(begin) CHECK(check::seconds_since(begin) < check::kPrompt)
