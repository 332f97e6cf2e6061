// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <xrt/xrt_device.h>
#include <xrt/xrt_kernel.h>

#include <atomic>
#include <cstdint>

#include "fabriq/kernel_descriptor.hpp"

namespace fabriq {

/// An opened kernel over its compute units, and what is needed to tell a run's clock cycles: the
/// counters are registers of the unit, which the next run starts anew. So they are read only after
/// a run that was alone from its start to the reading; XRT gives such a run to the first unit.
class XrtKernel {
 public:
  /// \param counters address of the first unit's cycle counters, or 0
  XrtKernel(const xrt::device &device, xrt::kernel kernel, std::uint64_t counters)
      : device_(device), kernel_(std::move(kernel)), counters_(counters) {}

  const xrt::kernel &kernel() const { return kernel_; }

  /// Tells of a start; the result identifies it. \param alone whether no other run is outstanding
  std::uint64_t begin(bool &alone) {
    alone = outstanding_.fetch_add(1) == 0;
    return ++starts_;
  }
  void end() { --outstanding_; }

  /// Those of a run that was started alone and has ended; leaves `cycles` if that cannot be told.
  /// Never throws.
  void read_counters(std::uint64_t start, std::int64_t (&cycles)[kCycleCounters]) const;

 private:
  xrt::device device_;
  xrt::kernel kernel_;
  std::uint64_t counters_;
  std::atomic<int> outstanding_{0};
  std::atomic<std::uint64_t> starts_{0};
};

}  // namespace fabriq
