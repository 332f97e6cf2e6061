// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>
#include <string>

#include "Vmatmul_f32f32_zynq.h"
#include "Vmatmul_f32i8_zynq.h"
#include "Vmatmul_i8i8_zynq.h"
#include "hardware_models.hpp"
#include "memory_setting.hpp"
#include "rtl_unit.hpp"

namespace emulator {
namespace {

const fabriq::KernelDescriptor &descriptor(const std::string &name) {
  int kernel = 0;
  while (name != fabriq::kernel_descriptor(kernel)->name) {
    ++kernel;
  }
  return *fabriq::kernel_descriptor(kernel);
}

template <typename Model>
std::unique_ptr<KernelModel> unit(const std::string &name, DeviceMemory &memory,
                                  const rtl::MemoryTiming &timing) {
  return std::make_unique<RtlUnit<Model>>(descriptor(name), memory, timing);
}

}  // namespace

ModelFactory hardware_models(DeviceMemory &memory) {
  const rtl::MemoryTiming timing = memory_setting();
  return [&memory, timing](const std::string &name) {
    if (name == "matmul_f32f32") {
      return unit<Vmatmul_f32f32_zynq>(name, memory, timing);
    }
    if (name == "matmul_f32i8") {
      return unit<Vmatmul_f32i8_zynq>(name, memory, timing);
    }
    if (name == "matmul_i8i8") {
      return unit<Vmatmul_i8i8_zynq>(name, memory, timing);
    }
    throw std::runtime_error("the image names the kernel " + name +
                             ", which this simulator does not have");
  };
}

}  // namespace emulator
