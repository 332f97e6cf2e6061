// SPDX-License-Identifier: Apache-2.0
#include "completion.hpp"

#include "fabriq/brief_spin.hpp"

namespace fabriq {

void Completion::begin() { outstanding_.store(true, std::memory_order_relaxed); }

void Completion::end(int state) {
  const std::lock_guard<std::mutex> lock(mutex_);
  state_ = state;
  end_time_ = Clock::now();
  outstanding_.store(false, std::memory_order_release);
  ended_.notify_all();
}

bool Completion::wait(Clock::time_point deadline) {
  const auto ended = [this] { return !outstanding_.load(std::memory_order_acquire); };
  if (!ended() && deadline > Clock::now() && !brief_spin(ended)) {
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait_until(lock, deadline, ended);
  }
  return ended();
}

}  // namespace fabriq
