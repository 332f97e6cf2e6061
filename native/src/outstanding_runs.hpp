// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "completion.hpp"
#include "emulation_driver.hpp"

namespace fabriq {

/// The runs of a device, to give them up when it closes. Thread-safe.
class OutstandingRuns {
 public:
  void add(const std::shared_ptr<Completion> &completion);

  /// Waits a moment for the runs to end. Those of an emulation are ended by stopping its device
  /// process. \param driver of the emulation, or nullptr
  void give_up(const EmulationDriver *driver);

  bool given_up() const { return given_up_; }

 private:
  std::atomic<bool> given_up_{false};
  std::mutex mutex_;
  std::vector<std::weak_ptr<Completion>> runs_;
};

}  // namespace fabriq
