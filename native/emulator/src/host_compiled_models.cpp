// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "cycle_model.hpp"
#include "fabriq/simulation_settings.hpp"
#include "hardware_models.hpp"
#include "kernel_models.hpp"

namespace emulator {
namespace {

void refuse(const char *variable) {
  if (std::getenv(variable) != nullptr) {
    throw std::runtime_error(std::string(variable) +
                             " is set, which is for simulated kernels, and these are host code; "
                             "unset it, or use an xclbin with fabriq_simulator");
  }
}

}  // namespace

ModelFactory hardware_models(DeviceMemory &memory) {
  for (const fabriq::SimulationSetting &setting : fabriq::kSimulationSettings) {
    refuse(setting.variable);
  }
  refuse(fabriq::kTraceVariable);
  refuse(fabriq::kTraceLimitVariable);
  return library_models(*fabriq_kernel_library(), memory, matmul_cycles);
}

}  // namespace emulator
