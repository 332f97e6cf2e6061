// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a shared object of host-compiled kernels exports, for a process that loads it to emulate a
// device. libfabriq_kernels.so is one; a library of other kernels needs no more than this.

#include <cstdint>

#include "fabriq/kernel_descriptor.hpp"

namespace fabriq {

struct KernelLibrary {
  std::uint32_t version;  // kKernelLibraryVersion
  std::int32_t kernels;

  /// The descriptor of kernel 0 .. kernels - 1. Lives for ever.
  const KernelDescriptor *(*descriptor)(int kernel);

  /// Runs a kernel to its end in the calling thread. \param arguments one value each, in the
  /// descriptor's order: the address of a pointer, the low 32 bits of a scalar.
  /// \return what went wrong, in static storage, or nullptr. Reentrant; throws nothing.
  const char *(*run)(int kernel, const std::uint64_t *arguments);
};

constexpr std::uint32_t kKernelLibraryVersion = 3;

/// The name under which a library exports a KernelLibraryEntry.
constexpr char kKernelLibrarySymbol[] = "fabriq_kernel_library";

using KernelLibraryEntry = const KernelLibrary *(*)();

}  // namespace fabriq

extern "C" __attribute__((visibility("default"))) const fabriq::KernelLibrary *
fabriq_kernel_library();
