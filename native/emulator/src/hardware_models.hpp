// SPDX-License-Identifier: Apache-2.0
#pragma once

// What computes in hw_emu. An executable has one of the two ways: the C++ models
// (fabriq_emulator), or the Verilated kernels (fabriq_simulator).

#include "compute_units.hpp"
#include "device_memory.hpp"

namespace emulator {

/// \param memory outlives the models. Throws std::runtime_error if a setting of the simulation is
/// not one.
ModelFactory hardware_models(DeviceMemory &memory);

}  // namespace emulator
