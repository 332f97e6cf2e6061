// SPDX-License-Identifier: Apache-2.0
#include "xrt_kernel.hpp"

#include <dlfcn.h>
#include <xrt.h>

namespace fabriq {

std::int64_t XrtKernel::cycles(std::uint64_t start) const {
  // Of the emulation driver. On a board only the kernel driver may read a shared unit's registers.
  using Read =
      std::size_t (*)(xclDeviceHandle, xclAddressSpace, std::uint64_t, void *, std::size_t);
  static const auto read = reinterpret_cast<Read>(dlsym(RTLD_DEFAULT, "xclRead"));
  if (counter_ == 0 || read == nullptr || starts_ != start) {
    return -1;
  }
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  const xclDeviceHandle device = device_;
  read(device, XCL_ADDR_KERNEL_CTRL, counter_, &low, sizeof low);
  read(device, XCL_ADDR_KERNEL_CTRL, counter_ + sizeof low, &high, sizeof high);
  const std::uint64_t cycles = std::uint64_t{high} << 32 | low;
  return cycles == 0 || starts_ != start ? -1 : static_cast<std::int64_t>(cycles);
}

}  // namespace fabriq
