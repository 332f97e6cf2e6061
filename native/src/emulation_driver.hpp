// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "fabriq/device.hpp"

namespace fabriq {

/// What the relinked emulation driver tells about the device process of one board. After a failure
/// it answers every request by itself, so that XRT's calls return; their results are worth nothing.
/// Without such a driver (a stock one) nothing is ever reported. Thread-safe.
class EmulationDriver {
 public:
  /// For a board that is about to be opened. \param board its index
  explicit EmulationDriver(unsigned board);

  /// True if the device has failed since then.
  bool failed() const;

  /// Kills the device process, so that blocked calls return; a failure as others.
  void stop() const;

  /// FABRIQ_DEVICE_FAILED with the failure, or FABRIQ_TIMEOUT for an action that was late.
  [[noreturn]] void throw_failure(const std::string &action, bool late) const;

 private:
  int board_;
};

/// Stops the device process if calls into XRT have not returned at their deadline.
class EmulationWatch {
 public:
  /// \param driver of the board, outlives the watch; nullptr for a board, which is not watched
  EmulationWatch(const EmulationDriver *driver, Clock::time_point deadline);
  ~EmulationWatch() { finish(); }
  EmulationWatch(const EmulationWatch &) = delete;
  EmulationWatch &operator=(const EmulationWatch &) = delete;

  /// Ends the watch. True if it has stopped the device process.
  bool finish();

 private:
  friend class Watchman;

  const EmulationDriver *driver_;
  Clock::time_point deadline_;
  bool watching_;
  bool expired_ = false;  // written by the watchman while it watches
};

}  // namespace fabriq
