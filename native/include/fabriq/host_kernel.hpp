// SPDX-License-Identifier: Apache-2.0
#pragma once

// Host-compiled kernels behind one type of call, generated from the kernel descriptors.

#include <cstdint>

namespace fabriq {

/// Runs a kernel to its end. \param arguments one value each, in the descriptor's order: the
/// address of a pointer, the low 32 bits of a scalar. Throws std::bad_alloc, or std::logic_error on
/// a defect of the kernel. Reentrant.
using HostKernel = void (*)(const std::uint64_t *arguments);

/// The kernel of that name, or nullptr.
HostKernel host_kernel(const char *name);

}  // namespace fabriq
