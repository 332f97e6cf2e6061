// SPDX-License-Identifier: Apache-2.0
#include "cycle_model.hpp"
#include "hardware_models.hpp"
#include "kernel_models.hpp"

namespace emulator {

ModelFactory hardware_models(DeviceMemory &memory) {
  return library_models(*fabriq_kernel_library(), memory, matmul_cycles);
}

}  // namespace emulator
