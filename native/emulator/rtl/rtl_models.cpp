// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "Vmatmul_f32f32_zynq.h"
#include "Vmatmul_f32i8_zynq.h"
#include "Vmatmul_i8i8_zynq.h"
#include "Vnetwork_i8_zynq.h"
#include "fabriq/simulation_settings.hpp"
#include "hardware_models.hpp"
#include "memory_setting.hpp"
#include "network_ports.hpp"
#include "rtl_unit.hpp"

namespace rtl {

template <>
struct KernelPorts<Vnetwork_i8_zynq> : NetworkPorts<Vnetwork_i8_zynq> {};

}  // namespace rtl

namespace emulator {
namespace {

const fabriq::KernelDescriptor &descriptor(const std::string &name) {
  int kernel = 0;
  while (name != fabriq::kernel_descriptor(kernel)->name) {
    ++kernel;
  }
  return *fabriq::kernel_descriptor(kernel);
}

/// What all units of a device share.
struct Simulation {
  DeviceMemory &memory;
  rtl::MemoryTiming timing;
  std::shared_ptr<rtl::Waveform> waveform;  // or nullptr
};

template <typename Model>
std::unique_ptr<KernelModel> unit(const PlacedUnit &place, const Simulation &simulation) {
  return std::make_unique<RtlUnit<Model>>(descriptor(place.kernel), place.instance,
                                          simulation.memory, simulation.timing,
                                          simulation.waveform);
}

std::shared_ptr<rtl::Waveform> waveform_setting() {
  const char *file = std::getenv(fabriq::kTraceVariable);
  return file == nullptr ? nullptr : std::make_shared<rtl::Waveform>(file, trace_limit_setting());
}

}  // namespace

ModelFactory hardware_models(DeviceMemory &memory) {
  const Simulation simulation = {memory, memory_setting(), waveform_setting()};
  return [simulation](const PlacedUnit &place) {
    if (place.kernel == "matmul_f32f32") {
      return unit<Vmatmul_f32f32_zynq>(place, simulation);
    }
    if (place.kernel == "matmul_f32i8") {
      return unit<Vmatmul_f32i8_zynq>(place, simulation);
    }
    if (place.kernel == "matmul_i8i8") {
      return unit<Vmatmul_i8i8_zynq>(place, simulation);
    }
    if (place.kernel == "network_i8") {
      return unit<Vnetwork_i8_zynq>(place, simulation);
    }
    throw std::runtime_error("the xclbin names the kernel " + place.kernel +
                             ", which this simulator does not have");
  };
}

}  // namespace emulator
