// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "run_slot.hpp"

namespace fabriq {

/// The slots of one kernel: made when needed, up to a limit, and reused. Thread-safe.
class RunSlots {
 public:
  static constexpr std::size_t kMaximum = 64;

  explicit RunSlots(const RunKernel &kernel);

  /// Frees the slots; those whose runs have not ended are kept for ever, as the kernel uses them.
  ~RunSlots();
  RunSlots(const RunSlots &) = delete;
  RunSlots &operator=(const RunSlots &) = delete;

  /// A free slot, if possible one that holds the sizes. Blocks while all are in use; then
  /// FABRIQ_BUSY at the deadline.
  RunSlot &acquire(std::size_t a_bytes, std::size_t c_bytes, Clock::time_point deadline);

  /// Gives a slot back. If its run is pending, the slot is used again after the run's end.
  void release(RunSlot &slot);

  /// Slots that callers have.
  std::size_t in_use() const;

 private:
  RunSlot *take(std::size_t a_bytes, std::size_t c_bytes);
  void reclaim();

  const RunKernel &kernel_;
  mutable std::mutex mutex_;
  std::condition_variable released_;
  std::vector<std::unique_ptr<RunSlot>> slots_;
  std::vector<RunSlot *> free_;
  std::vector<RunSlot *> abandoned_;
};

}  // namespace fabriq
