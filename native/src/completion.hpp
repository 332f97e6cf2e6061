// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "fabriq/device.hpp"

namespace fabriq {

/// The end of an asynchronous operation, told by a driver's thread and awaited by another.
class Completion {
 public:
  /// Before the operation starts; it is then outstanding.
  void begin();

  /// The operation has ended. \param state the driver's word for how
  void end(int state);

  /// Blocks until the operation has ended or the deadline has passed; a past deadline polls. True
  /// if it has ended, or never began.
  bool wait(Clock::time_point deadline);

  /// After the end.
  int state() const { return state_; }
  Clock::time_point end_time() const { return end_time_; }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::atomic<bool> outstanding_{false};
  int state_ = 0;
  Clock::time_point end_time_;
};

}  // namespace fabriq
