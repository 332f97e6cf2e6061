// SPDX-License-Identifier: Apache-2.0
#include "fabriq/kernel_library.hpp"

#include <exception>
#include <new>

#include "fabriq/host_kernel.hpp"

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

int count_kernels() {
  int count = 0;
  while (fabriq::kernel_descriptor(count) != nullptr) {
    ++count;
  }
  return count;
}

}  // namespace

const fabriq::KernelLibrary *fabriq_kernel_library() {
  static const fabriq::KernelLibrary library = {fabriq::kKernelLibraryVersion, count_kernels(),
                                                fabriq::kernel_descriptor, run};
  return &library;
}
