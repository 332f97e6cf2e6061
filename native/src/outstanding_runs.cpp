// SPDX-License-Identifier: Apache-2.0
#include "outstanding_runs.hpp"

#include <algorithm>

namespace fabriq {
namespace {

constexpr std::chrono::milliseconds kMoment(500);

}  // namespace

void OutstandingRuns::add(const std::shared_ptr<Completion> &completion) {
  const std::lock_guard<std::mutex> lock(mutex_);
  runs_.push_back(completion);
}

void OutstandingRuns::give_up(const EmulationDriver *driver) {
  given_up_ = true;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto wait_until = [this](Clock::time_point deadline) {
    return std::all_of(runs_.begin(), runs_.end(), [=](const std::weak_ptr<Completion> &run) {
      const std::shared_ptr<Completion> completion = run.lock();
      return !completion || completion->wait(deadline);
    });
  };
  if (!wait_until(Clock::time_point::min())) {
    if (driver != nullptr) {
      driver->stop();
    }
    wait_until(Clock::now() + kMoment);
  }
}

}  // namespace fabriq
