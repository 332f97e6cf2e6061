// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace driver {

/// Tells threads that wait for runs when XRT's scheduler has noted the end of one. Thread-safe.
class RunEvents {
 public:
  static RunEvents &instance();

  void run_done();

  /// Waits for an event since the calling thread's last wait, at most a time.
  void wait(std::chrono::microseconds time);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t count_ = 0;
};

}  // namespace driver
