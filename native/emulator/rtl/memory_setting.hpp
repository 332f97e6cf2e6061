// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "memory_timing.hpp"

namespace emulator {

/// The simulated memory that the environment asks for:
///   FABRIQ_MEMORY_LATENCY    cycles from an address to its first beat, 1 .. 10000 (default 30)
///   FABRIQ_MEMORY_BANDWIDTH  percent of a port's cycles that move a beat, 1 .. 100 (default 100)
/// Throws std::runtime_error if a value is none of these.
rtl::MemoryTiming memory_setting();

}  // namespace emulator
