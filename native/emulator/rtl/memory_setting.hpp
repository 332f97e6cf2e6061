// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "memory_timing.hpp"

namespace emulator {

/// The simulated memory that the environment asks for, by the variables of
/// fabriq/simulation_settings.hpp. Throws std::runtime_error if a value is outside its limits.
rtl::MemoryTiming memory_setting();

}  // namespace emulator
