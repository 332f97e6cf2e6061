// SPDX-License-Identifier: Apache-2.0

// libfabriq_kernels.so's kernels with faults, for xclbins that test what a host makes of them. The
// argument n chooses: 61 ends the device process, 62 never ends, 63 touches no one's memory; any
// other computes.

#include <unistd.h>

#include <cstring>
#include <new>

#include "fabriq/host_kernel.hpp"
#include "fabriq/kernel_library.hpp"
#include "fabriq/kernel_numbers.hpp"

namespace {

constexpr std::uint64_t kExits = 61;
constexpr std::uint64_t kHangs = 62;
constexpr std::uint64_t kFaults = 63;

std::uint64_t argument(const fabriq::KernelDescriptor &kernel, const std::uint64_t *arguments,
                       const char *name) {
  for (int i = 0; i < kernel.argument_count; ++i) {
    if (std::strcmp(kernel.arguments[i].name, name) == 0) {
      return arguments[i];
    }
  }
  return 0;
}

const char *run(int index, const std::uint64_t *arguments) {
  const fabriq::KernelDescriptor &kernel = *fabriq::kernel_descriptor(index);
  switch (argument(kernel, arguments, "n")) {
    case kExits:
      _exit(7);
    case kHangs:
      for (;;) {
        pause();
      }
    case kFaults: {
      volatile std::uintptr_t nowhere = 16;
      *reinterpret_cast<volatile int *>(nowhere) = 1;
      break;
    }
    default:
      fabriq::host_kernel(kernel.name)(arguments);
  }
  return nullptr;
}

}  // namespace

const fabriq::KernelLibrary *fabriq_kernel_library() {
  static const fabriq::KernelLibrary library = {fabriq::kKernelLibraryVersion, fabriq::kKernelCount,
                                                fabriq::kernel_descriptor, run};
  return &library;
}
