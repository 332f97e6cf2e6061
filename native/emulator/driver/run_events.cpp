// SPDX-License-Identifier: Apache-2.0
#include "run_events.hpp"

namespace driver {

RunEvents &RunEvents::instance() {
  static RunEvents &events = *new RunEvents;  // threads may wait while the process exits
  return events;
}

void RunEvents::run_done() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++count_;
  }
  changed_.notify_all();
}

void RunEvents::wait(std::chrono::microseconds time) {
  thread_local std::uint64_t seen = 0;
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, time, [&] { return count_ != seen; });
  seen = count_;
}

}  // namespace driver
