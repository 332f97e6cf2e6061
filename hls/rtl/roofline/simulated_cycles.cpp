// SPDX-License-Identifier: Apache-2.0
#include "simulated_cycles.hpp"

#include F32F32_HEADER
#include F32I8_HEADER
#include I8I8_HEADER
#include "fp32_call.hpp"
#include "i8i8_call.hpp"

namespace roofline {

const char *simulated_configuration() { return CONFIGURATION; }

std::unique_ptr<SimulatedCycles> simulate(Kernel kernel) {
  switch (kernel) {
    case Kernel::kF32F32:
      return std::make_unique<KernelCycles<F32F32_MODEL, rtl::Fp32Call<float>>>(kernel);
    case Kernel::kF32I8:
      return std::make_unique<KernelCycles<F32I8_MODEL, rtl::Fp32Call<std::int8_t>>>(kernel);
    default:
      return std::make_unique<KernelCycles<I8I8_MODEL, rtl::I8I8Call>>(kernel);
  }
}

}  // namespace roofline
