// SPDX-License-Identifier: Apache-2.0
#include "fabriq/kernel_library.hpp"

#include <exception>
#include <new>

#include "fabriq/host_kernel.hpp"
#include "fabriq/kernel_numbers.hpp"

namespace {

const char *run(int kernel, const std::uint64_t *arguments) {
  const fabriq::KernelDescriptor *descriptor = fabriq::kernel_descriptor(kernel);
  const fabriq::HostKernel call =
      descriptor == nullptr ? nullptr : fabriq::host_kernel(descriptor->name);
  if (call == nullptr) {
    return "the library holds no such kernel";
  }
  try {
    call(arguments);
    return nullptr;
  } catch (const std::bad_alloc &) {
    return "the kernel needs more memory than there is";
  } catch (const std::exception &) {
    return "the kernel ended with an exception";
  }
}

}  // namespace

const fabriq::KernelLibrary *fabriq_kernel_library() {
  static const fabriq::KernelLibrary library = {fabriq::kKernelLibraryVersion, fabriq::kKernelCount,
                                                fabriq::kernel_descriptor, run};
  return &library;
}
