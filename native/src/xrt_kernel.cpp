// SPDX-License-Identifier: Apache-2.0
#include "xrt_kernel.hpp"

#include <dlfcn.h>
#include <xrt.h>

#include <algorithm>

namespace fabriq {

void XrtKernel::read_counters(std::uint64_t start, std::int64_t (&cycles)[kCycleCounters]) const {
  // Of the emulation driver. On a board only the kernel driver may read a shared unit's registers.
  using Read =
      std::size_t (*)(xclDeviceHandle, xclAddressSpace, std::uint64_t, void *, std::size_t);
  static const auto read = reinterpret_cast<Read>(dlsym(RTLD_DEFAULT, "xclRead"));
  if (counters_ == 0 || read == nullptr || starts_ != start) {
    return;
  }
  const xclDeviceHandle device = device_;
  std::int64_t found[kCycleCounters];
  for (int i = 0; i < kCycleCounters; ++i) {
    std::uint32_t halves[2] = {};
    for (int half = 0; half < 2; ++half) {
      const auto offset = static_cast<std::uint64_t>(8 * i + 4 * half);
      read(device, XCL_ADDR_KERNEL_CTRL, counters_ + offset, &halves[half], sizeof halves[half]);
    }
    found[i] = static_cast<std::int64_t>(std::uint64_t{halves[1]} << 32 | halves[0]);
  }
  if (found[kBusyCycles] != 0 && starts_ == start) {
    std::copy(found, found + kCycleCounters, cycles);
  }
}

}  // namespace fabriq
