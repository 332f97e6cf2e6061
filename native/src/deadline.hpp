// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "error.hpp"
#include "fabriq/device.hpp"

namespace fabriq {

/// When a call that began at `entry` must have ended.
inline Clock::time_point deadline(Clock::time_point entry, std::int64_t timeout_ns) {
  if (timeout_ns <= 0) {
    throw Error(FABRIQ_INVALID_ARGUMENT,
                "timeout_ns is " + std::to_string(timeout_ns) + "; give more than 0 nanoseconds");
  }
  const std::chrono::nanoseconds timeout(timeout_ns);
  const bool unbounded = timeout >= Clock::time_point::max() - entry;
  return unbounded ? Clock::time_point::max() : entry + timeout;
}

}  // namespace fabriq
