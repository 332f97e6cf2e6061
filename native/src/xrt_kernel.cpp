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
  std::uint32_t words[2 * kCycleCounters] = {};
  read(device, XCL_ADDR_KERNEL_CTRL, counters_, words, sizeof words);  // each read costs 25 us
  std::int64_t found[kCycleCounters];
  for (int i = 0; i < kCycleCounters; ++i) {
    found[i] = static_cast<std::int64_t>(std::uint64_t{words[2 * i + 1]} << 32 | words[2 * i]);
  }
  if (found[kBusyCycles] != 0 && starts_ == start) {
    std::copy(found, found + kCycleCounters, cycles);
  }
}

}  // namespace fabriq
