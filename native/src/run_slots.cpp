// SPDX-License-Identifier: Apache-2.0
#include "run_slots.hpp"

#include <algorithm>

#include "error.hpp"

namespace fabriq {
namespace {

constexpr std::chrono::milliseconds kReclaimInterval(5);

/// For a kernel that does not end: its memory stays, reachable, until the process ends.
void keep_for_ever(std::unique_ptr<RunSlot> slot) {
  static std::mutex mutex;
  static auto *const kept = new std::vector<std::unique_ptr<RunSlot>>;
  const std::lock_guard<std::mutex> lock(mutex);
  kept->push_back(std::move(slot));
}

}  // namespace

RunSlots::RunSlots(const RunKernel &kernel) : kernel_(kernel) {
  slots_.reserve(kMaximum);
  free_.reserve(kMaximum);
  abandoned_.reserve(kMaximum);
}

RunSlots::~RunSlots() {
  for (auto &slot : slots_) {
    if (!slot->ended()) {
      keep_for_ever(std::move(slot));
    }
  }
}

void RunSlots::reclaim() {
  const auto pending = std::partition(abandoned_.begin(), abandoned_.end(),
                                      [](RunSlot *slot) { return !slot->ended(); });
  for (auto slot = pending; slot != abandoned_.end(); ++slot) {
    (*slot)->clear();
    free_.push_back(*slot);
  }
  abandoned_.erase(pending, abandoned_.end());
}

RunSlot *RunSlots::take(std::size_t a_bytes, std::size_t c_bytes) {
  reclaim();
  if (free_.empty() && slots_.size() < kMaximum) {
    slots_.push_back(std::make_unique<RunSlot>(kernel_));
    free_.push_back(slots_.back().get());
  }
  if (free_.empty()) {
    return nullptr;
  }
  const auto fits = [&](RunSlot *slot) { return slot->holds(a_bytes, c_bytes); };
  const auto fitting = std::find_if(free_.rbegin(), free_.rend(), fits);
  std::swap(fitting == free_.rend() ? free_.back() : *fitting, free_.back());
  RunSlot *slot = free_.back();
  free_.pop_back();
  return slot;
}

RunSlot &RunSlots::acquire(std::size_t a_bytes, std::size_t c_bytes, Clock::time_point deadline) {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    if (RunSlot *slot = take(a_bytes, c_bytes)) {
      return *slot;
    }
    const Clock::time_point now = Clock::now();
    if (now >= deadline) {
      throw Error(FABRIQ_BUSY, "all " + std::to_string(kMaximum) + " runs of " +
                                   kernel_.descriptor->name +
                                   " are in use; wait for runs and release them");
    }
    // An abandoned run ends without a signal.
    released_.wait_until(lock, std::min(deadline, now + kReclaimInterval));
  }
}

void RunSlots::release(RunSlot &slot) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (slot.ended()) {
    slot.clear();
    free_.push_back(&slot);
  } else {
    abandoned_.push_back(&slot);
  }
  released_.notify_one();
}

std::size_t RunSlots::in_use() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return slots_.size() - free_.size() - abandoned_.size();
}

}  // namespace fabriq
