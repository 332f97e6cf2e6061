// SPDX-License-Identifier: Apache-2.0
#include "kernel_job.hpp"

#include "fabriq/brief_spin.hpp"

namespace fabriq {
namespace {

std::int64_t nanoseconds(Clock::duration duration) {
  return std::chrono::nanoseconds(duration).count();
}

}  // namespace

void KernelJob::prepare() {
  failure_ = nullptr;
  requested_ = Clock::now();
  state_.store(RunState::kPending, std::memory_order_relaxed);
}

void KernelJob::run() noexcept {
  begun_ = Clock::now();
  try {
    kernel_(arguments);
  } catch (...) {
    failure_ = std::current_exception();
  }
  finished_ = Clock::now();
  end(RunState::kDone);
}

void KernelJob::end(RunState state) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  state_.store(state, std::memory_order_release);
  ended_.notify_all();
}

RunState KernelJob::wait(Clock::time_point deadline) {
  const auto ended = [this] {
    return state_.load(std::memory_order_acquire) != RunState::kPending;
  };
  if (!ended() && deadline > Clock::now() && !brief_spin(ended)) {
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait_until(lock, deadline, ended);
  }
  const RunState state = state_.load(std::memory_order_acquire);
  if (state == RunState::kDone && failure_) {
    std::rethrow_exception(failure_);
  }
  return state;
}

RunTimes KernelJob::times() const {
  return {nanoseconds(begun_ - requested_), nanoseconds(finished_ - begun_)};
}

}  // namespace fabriq
