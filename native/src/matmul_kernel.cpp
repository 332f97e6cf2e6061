// SPDX-License-Identifier: Apache-2.0
#include "matmul_kernel.hpp"

#include <cstring>

#include "error.hpp"

namespace fabriq {
namespace {

int argument_index(const KernelDescriptor &descriptor, const char *name) {
  for (int i = 0; i < descriptor.argument_count; ++i) {
    if (std::strcmp(descriptor.arguments[i].name, name) == 0) {
      return i;
    }
  }
  return -1;
}

MatmulKernel describe(int kernel, std::size_t a_element, bool codes) {
  const KernelDescriptor &d = *kernel_descriptor(kernel);
  return {&d,
          a_element,
          codes,
          argument_index(d, "a"),
          argument_index(d, "b"),
          argument_index(d, "columns"),
          argument_index(d, "c"),
          argument_index(d, "m"),
          argument_index(d, "k"),
          argument_index(d, "n"),
          argument_index(d, "output"),
          argument_index(d, "zero_c"),
          argument_index(d, "clamp_min"),
          argument_index(d, "clamp_max"),
          argument_index(d, "b_bits"),
          argument_index(d, "weights_id")};
}

[[noreturn]] void reject(const std::string &text) { throw Error(FABRIQ_INVALID_ARGUMENT, text); }

}  // namespace

const MatmulKernel &matmul_kernel(int kernel) {
  static const MatmulKernel kernels[kKernelCount] = {describe(FABRIQ_MATMUL_F32F32, 4, false),
                                                     describe(FABRIQ_MATMUL_F32I8, 4, true),
                                                     describe(FABRIQ_MATMUL_I8I8, 1, true)};
  if (kernel < 0 || kernel >= kKernelCount) {
    reject("kernel is " + std::to_string(kernel) +
           "; give 0 (matmul_f32f32), 1 (matmul_f32i8) or 2 (matmul_i8i8)");
  }
  return kernels[kernel];
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
