// SPDX-License-Identifier: Apache-2.0
#include "kernel_models.hpp"

#include <dlfcn.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace emulator {

const fabriq::KernelLibrary &load_kernel_library(const std::string &path) {
  void *handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    throw std::runtime_error(std::string("the xclbin's BITSTREAM is not a shared object: ") +
                             dlerror());
  }
  const auto entry =
      reinterpret_cast<fabriq::KernelLibraryEntry>(dlsym(handle, fabriq::kKernelLibrarySymbol));
  const fabriq::KernelLibrary *library = entry == nullptr ? nullptr : entry();
  if (library == nullptr || library->version != fabriq::kKernelLibraryVersion) {
    throw std::runtime_error("the xclbin's BITSTREAM does not export " +
                             std::string(fabriq::kKernelLibrarySymbol) + " of version " +
                             std::to_string(fabriq::kKernelLibraryVersion));
  }
  return *library;
}

ModelFactory library_models(const fabriq::KernelLibrary &library, DeviceMemory &memory,
                            CycleModel cycles) {
  return [&library, &memory, cycles](const PlacedUnit &unit) {
    for (int kernel = 0; kernel < library.kernels; ++kernel) {
      if (unit.kernel == library.descriptor(kernel)->name) {
        return std::make_unique<RegisterModel>(library, kernel, memory, cycles);
      }
    }
    throw std::runtime_error("the xclbin names the kernel " + unit.kernel +
                             ", which its library lacks");
  };
}

std::string read_text(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.is_open() || file.bad()) {
    throw std::runtime_error("cannot read " + path);
  }
  return text;
}

}  // namespace emulator
