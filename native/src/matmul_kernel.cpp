// SPDX-License-Identifier: Apache-2.0
#include "matmul_kernel.hpp"

#include "error.hpp"

namespace fabriq {
namespace {

/// "0 (matmul_f32f32) or 1 (matmul_f32i8)", of the first kernels.
std::string numbers(int kernels) {
  std::string text;
  for (int i = 0; i < kernels; ++i) {
    text += i == 0 ? "" : i == kernels - 1 ? " or " : ", ";
    text += std::to_string(i) + " (" + run_kernel(i).descriptor->name + ")";
  }
  return text;
}

MatmulKernel describe(int kernel, std::size_t a_element, bool codes) {
  const RunKernel &run = run_kernel(kernel);
  const KernelDescriptor &d = *run.descriptor;
  return {&run,
          a_element,
          codes,
          argument_index(d, "b"),
          argument_index(d, "columns"),
          argument_index(d, "k"),
          argument_index(d, "n"),
          argument_index(d, "output"),
          argument_index(d, "zero_c"),
          argument_index(d, "clamp_min"),
          argument_index(d, "clamp_max"),
          argument_index(d, "b_bits"),
          argument_index(d, "weights_id")};
}

}  // namespace

const MatmulKernel &matmul_kernel(int kernel) {
  static const MatmulKernel kernels[] = {describe(FABRIQ_MATMUL_F32F32, 4, false),
                                         describe(FABRIQ_MATMUL_F32I8, 4, true),
                                         describe(FABRIQ_MATMUL_I8I8, 1, true)};
  constexpr int kCount = sizeof kernels / sizeof *kernels;
  if (kernel < 0 || kernel >= kCount) {
    throw Error(FABRIQ_INVALID_ARGUMENT,
                "kernel is " + std::to_string(kernel) + "; give " + numbers(kCount));
  }
  return kernels[kernel];
}

}  // namespace fabriq
