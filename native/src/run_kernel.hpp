// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fabriq/device.hpp"
#include "fabriq/kernel_numbers.hpp"

namespace fabriq {

/// A kernel as a run sees it: it computes the rows of C from those of A with data that is resident.
struct RunKernel {
  int number;  // of kernel_descriptor()
  const KernelDescriptor *descriptor;
  int a;  // indices of arguments
  int c;
  int m;               // rows
  std::size_t report;  // bytes before C that tell how the call went, or 0
  const char *whole;   // what the rows of a call are together, for errors

  /// The name of an argument, for errors.
  const char *name(int argument) const { return descriptor->arguments[argument].name; }
};

/// Of a KernelNumber; the host knows no others. Lives for ever. That of network_i8 has a program
/// for resident data.
const RunKernel &run_kernel(int number);

/// The index of an argument, or -1.
int argument_index(const KernelDescriptor &descriptor, const char *name);

/// Throws FABRIQ_INVALID_ARGUMENT unless a value is at least 1 and at most its argument's limit.
void check_dimension(const RunKernel &kernel, int argument, std::int64_t value);

/// Throws FABRIQ_INVALID_ARGUMENT unless a caller's memory for an argument is there and of the
/// exact size.
void check_memory(const RunKernel &kernel, int argument, const void *memory, std::int64_t bytes,
                  std::size_t expected);

}  // namespace fabriq
