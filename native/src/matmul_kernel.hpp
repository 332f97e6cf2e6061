// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run_kernel.hpp"

namespace fabriq {

/// A multiplication kernel as the host sees it: what its runs need, element sizes and the indices
/// of the arguments that come from weights.
struct MatmulKernel {
  const RunKernel *run;
  std::size_t a_element;  // bytes
  bool codes;             // B is codes of 8, 4 or 2 bits, else fp32
  int b;                  // indices of arguments
  int columns;
  int k;
  int n;
  int output;  // -1, as the next three, where the kernel has one kind of output
  int zero_c;
  int clamp_min;
  int clamp_max;
  int b_bits;  // -1 where B is fp32
  int weights_id;
};

/// Of FABRIQ_MATMUL_...; throws FABRIQ_INVALID_ARGUMENT for another number. Lives for ever.
const MatmulKernel &matmul_kernel(int kernel);

}  // namespace fabriq
