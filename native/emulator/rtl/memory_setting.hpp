// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "memory_timing.hpp"

namespace emulator {

/// The simulated memory that the environment asks for, by the variables of
/// fabriq/simulation_settings.hpp. Throws std::runtime_error if a value is outside its limits.
rtl::MemoryTiming memory_setting();

/// The bytes that a file of waveforms may have, likewise.
std::uint64_t trace_limit_setting();

}  // namespace emulator
