// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "fabriq/device.hpp"

namespace fabriq {

/// What the relinked emulation driver tells about the device processes of this process. After a
/// failure it answers every request by itself, so that XRT's calls return; their results are worth
/// nothing. Without such a driver (a board, a stock driver) nothing is ever reported. Thread-safe.
class EmulationDriver {
 public:
  /// Failures so far, in all devices of this process.
  static std::uint64_t failures();

  /// Of the last one.
  static std::string failure_text();

  /// Kills the device processes, so that blocked calls return; a failure as others.
  static void stop();
};

/// FABRIQ_DEVICE_FAILED with the last failure, or FABRIQ_TIMEOUT for an action that was late.
[[noreturn]] void throw_emulation_failure(const std::string &action, bool late);

/// Stops the device processes if calls into XRT have not returned at their deadline.
class EmulationWatch {
 public:
  explicit EmulationWatch(Clock::time_point deadline);
  ~EmulationWatch() { finish(); }
  EmulationWatch(const EmulationWatch &) = delete;
  EmulationWatch &operator=(const EmulationWatch &) = delete;

  /// Ends the watch. True if it has stopped the device processes.
  bool finish();

 private:
  friend class Watchman;

  Clock::time_point deadline_;
  bool watching_ = true;
  bool expired_ = false;  // written by the watchman while it watches
};

}  // namespace fabriq
