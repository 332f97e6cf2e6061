// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fabriq/device.hpp"

namespace fabriq {

/// A kernel as a run sees it: it computes the rows of C from those of A with data that is resident.
struct RunKernel {
  int number;  // of kernel_descriptor()
  const KernelDescriptor *descriptor;
  int a;  // indices of arguments
  int c;
  int m;               // rows
  std::int32_t limit;  // of m
  std::size_t report;  // bytes before C that tell how the call went, or 0

  /// The name of an argument, for errors.
  const char *name(int argument) const { return descriptor->arguments[argument].name; }
};

/// The number of kernels.
constexpr int kKernelCount = 4;

/// Of FABRIQ_MATMUL_... or kNetworkKernel; the host knows no other numbers. Lives for ever.
const RunKernel &run_kernel(int number);

/// network_i8, whose resident data is a program.
constexpr int kNetworkKernel = 3;

/// The index of an argument, or -1.
int argument_index(const KernelDescriptor &descriptor, const char *name);

/// Throws FABRIQ_INVALID_ARGUMENT unless 1 <= value <= limit.
void check_dimension(const char *name, std::int64_t value, std::int64_t limit);

/// Throws FABRIQ_INVALID_ARGUMENT unless a caller's memory is there and of the exact size.
void check_memory(const char *name, const void *memory, std::int64_t bytes, std::size_t expected);

}  // namespace fabriq
