// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where host-compiled kernels come from: a shared object that the host names (sw_emu), or this
// executable (hw_emu).

#include <memory>
#include <string>

#include "compute_units.hpp"
#include "device_memory.hpp"
#include "fabriq/kernel_library.hpp"
#include "register_model.hpp"

namespace emulator {

/// Loads a shared object. It stays loaded for ever. Throws std::runtime_error if it is not one, or
/// not a library of kernels of this version.
const fabriq::KernelLibrary &load_kernel_library(const std::string &path);

/// Makes C++ models of kernels of `library`; its calls throw std::runtime_error for a kernel that
/// the library lacks.
/// \param library, memory outlive the models
/// \param cycles nullptr if runs cost no cycles
ModelFactory library_models(const fabriq::KernelLibrary &library, DeviceMemory &memory,
                            CycleModel cycles);

/// Throws std::runtime_error if the file cannot be read.
std::string read_text(const std::string &path);

}  // namespace emulator
