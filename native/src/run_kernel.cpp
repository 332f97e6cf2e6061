// SPDX-License-Identifier: Apache-2.0
#include "run_kernel.hpp"

#include <cstring>

#include "call_report.hpp"
#include "error.hpp"

namespace fabriq {
namespace {

RunKernel multiplication(int number) {
  const KernelDescriptor &d = *kernel_descriptor(number);
  return {number,     &d, argument_index(d, "a"), argument_index(d, "c"), argument_index(d, "m"),
          d.limits.m, 0};
}

RunKernel network() {
  const KernelDescriptor &d = *kernel_descriptor(kNetworkKernel);
  return {kNetworkKernel,
          &d,
          argument_index(d, "images"),
          argument_index(d, "results"),
          argument_index(d, "chunks"),
          d.limits.chunks,
          kReportBytes};
}

[[noreturn]] void reject(const std::string &text) { throw Error(FABRIQ_INVALID_ARGUMENT, text); }

}  // namespace

const RunKernel &run_kernel(int number) {
  static const RunKernel kernels[kKernelCount] = {multiplication(FABRIQ_MATMUL_F32F32),
                                                  multiplication(FABRIQ_MATMUL_F32I8),
                                                  multiplication(FABRIQ_MATMUL_I8I8), network()};
  return kernels[number];
}

int argument_index(const KernelDescriptor &descriptor, const char *name) {
  for (int i = 0; i < descriptor.argument_count; ++i) {
    if (std::strcmp(descriptor.arguments[i].name, name) == 0) {
      return i;
    }
  }
  return -1;
}

void check_dimension(const char *name, std::int64_t value, std::int64_t limit) {
  if (value < 1 || value > limit) {
    reject(std::string(name) + " is " + std::to_string(value) + "; the limits are 1 to " +
           std::to_string(limit) + ", so split or correct the matrix");
  }
}

void check_memory(const char *name, const void *memory, std::int64_t bytes, std::size_t expected) {
  if (memory == nullptr) {
    reject(std::string(name) + " is NULL; pass " + std::to_string(expected) + " bytes");
  }
  if (bytes < 0 || static_cast<std::uint64_t>(bytes) != expected) {
    reject(std::string(name) + " has " + std::to_string(bytes) + " bytes but the shape needs " +
           std::to_string(expected) + "; pass the exact size");
  }
}

}  // namespace fabriq
