// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "fabriq/kernel_descriptor.hpp"
#include "network/form.hpp"

namespace fabriq {

/// The bytes before a network's results in which network_i8 tells how a call went.
constexpr std::size_t kReportBytes = overlay::kReportLines * overlay::kLineBytes;

/// What they say.
struct CallReport {
  std::uint32_t status;                 // as docs/overlay.md has it; 0: done
  std::uint32_t record;                 // in which the run ended early
  std::int64_t cycles[kCycleCounters];  // -1: the kernel cannot tell

  static CallReport read(const std::uint8_t *bytes);

  /// Throws FABRIQ_DEVICE_FAILED, with what the status means, unless it is 0.
  void check() const;
};

}  // namespace fabriq
