// SPDX-License-Identifier: Apache-2.0
#include "run_kernel.hpp"

#include <cstring>

#include "call_report.hpp"
#include "error.hpp"

namespace fabriq {
namespace {

static_assert(int{kMatmulF32f32} == FABRIQ_MATMUL_F32F32 &&
                  int{kMatmulF32i8} == FABRIQ_MATMUL_F32I8 &&
                  int{kMatmulI8i8} == FABRIQ_MATMUL_I8I8,
              "the numbers of fabriq.h are those of hls/CMakeLists.txt");

RunKernel multiplication(int number) {
  const KernelDescriptor &d = *kernel_descriptor(number);
  return {number, &d,      argument_index(d, "a"), argument_index(d, "c"), argument_index(d, "m"),
          0,      "matrix"};
}

RunKernel network() {
  const KernelDescriptor &d = *kernel_descriptor(kNetworkI8);
  return {kNetworkI8,
          &d,
          argument_index(d, "images"),
          argument_index(d, "results"),
          argument_index(d, "chunks"),
          kReportBytes,
          "batch"};
}

[[noreturn]] void reject(const std::string &text) { throw Error(FABRIQ_INVALID_ARGUMENT, text); }

}  // namespace

const RunKernel &run_kernel(int number) {
  static const RunKernel kernels[] = {multiplication(kMatmulF32f32), multiplication(kMatmulF32i8),
                                      multiplication(kMatmulI8i8), network()};
  static_assert(sizeof kernels / sizeof *kernels == kKernelCount, "every kernel can run");
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

void check_dimension(const RunKernel &kernel, int argument, std::int64_t value) {
  const std::int32_t limit = kernel.descriptor->arguments[argument].limit;
  if (value < 1 || value > limit) {
    reject(std::string(kernel.name(argument)) + " is " + std::to_string(value) +
           "; the limits are 1 to " + std::to_string(limit) + ", so split or correct the " +
           kernel.whole);
  }
}

void check_memory(const RunKernel &kernel, int argument, const void *memory, std::int64_t bytes,
                  std::size_t expected) {
  const std::string name = kernel.name(argument);
  if (memory == nullptr) {
    reject(name + " is NULL; pass " + std::to_string(expected) + " bytes");
  }
  if (bytes < 0 || static_cast<std::uint64_t>(bytes) != expected) {
    reject(name + " has " + std::to_string(bytes) + " bytes but the " + kernel.whole + " needs " +
           std::to_string(expected) + "; pass the exact size");
  }
}

}  // namespace fabriq
