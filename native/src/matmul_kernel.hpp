// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fabriq/device.hpp"

namespace fabriq {

/// A multiplication kernel as the host sees it: its descriptor, element sizes and argument indices.
struct MatmulKernel {
  const KernelDescriptor *descriptor;
  std::size_t a_element;  // bytes
  bool codes;             // B is codes of 8, 4 or 2 bits, else fp32
  int a;                  // indices of arguments
  int b;
  int columns;
  int c;
  int m;
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

constexpr int kKernelCount = 3;

/// Throws FABRIQ_INVALID_ARGUMENT unless 1 <= value <= limit.
void check_dimension(const char *name, std::int64_t value, std::int64_t limit);

/// Throws FABRIQ_INVALID_ARGUMENT unless a caller's memory is there and of the exact size.
void check_memory(const char *name, const void *memory, std::int64_t bytes, std::size_t expected);

}  // namespace fabriq
