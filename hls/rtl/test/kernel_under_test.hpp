// SPDX-License-Identifier: Apache-2.0
#pragma once

// The simulated kernel that a test is compiled for: RTL_KERNEL, its number in fabriq/fabriq.h, and
// RTL_MODEL, a Verilated model of it, from RTL_MODEL_HEADER.

#include <type_traits>

#include RTL_MODEL_HEADER
#include "fp32_call.hpp"
#include "i8i8_call.hpp"
#include "kernel_runs.hpp"

namespace rtl {

constexpr int kKernel = RTL_KERNEL;
constexpr auto kKind = static_cast<problems::Kernel>(kKernel);

using Model = RTL_MODEL;
using Call = std::conditional_t<
    kKind == problems::Kernel::kI8I8, I8I8Call,
    Fp32Call<std::conditional_t<kKind == problems::Kernel::kF32I8, std::int8_t, float>>>;
using Runs = KernelRuns<Model, Call>;

}  // namespace rtl
