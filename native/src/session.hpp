// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <deque>
#include <shared_mutex>

#include "resident_network.hpp"
#include "resident_weights.hpp"
#include "run_slots.hpp"

namespace fabriq {

class Session;

/// A caller's handle of resident weights or a program, which live until the last run ends.
struct ResidentHandle {
  Session &session;
  std::shared_ptr<const Resident> resident;
  std::atomic<int> runs{0};  // that callers have
};

/// An open device with everything that is the same for all devices. Thread-safe.
class Session {
 public:
  explicit Session(std::unique_ptr<ResettableDevice> device);
  ~Session();
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;

  const std::string &description() const { return device_->description(); }

  DeviceMemory memory();

  ResidentHandle *prepare(const WeightsRequest &request);
  ResidentHandle *prepare(const NetworkRequest &request);

  /// Throws FABRIQ_BUSY while callers have runs of it.
  void release(ResidentHandle *handle);

  /// Submits, waits and takes the slot back. C's size is checked before anything starts.
  void run(ResidentHandle &handle, std::int32_t m, const std::uint8_t *a, std::int64_t a_bytes,
           std::uint8_t *c, std::int64_t c_bytes, Clock::time_point entry,
           Clock::time_point deadline, std::int64_t *timing);

  /// Starts a run in a slot that the caller then has.
  RunSlot &submit(ResidentHandle &handle, std::int32_t m, const std::uint8_t *a,
                  std::int64_t a_bytes, Clock::time_point entry, Clock::time_point deadline);

  /// Waits for the run in a slot and writes C. At the deadline, or if the run fails, the device is
  /// poisoned; not if the kernel reports that it ended early.
  void wait(RunSlot &slot, std::uint8_t *c, std::int64_t c_bytes, Clock::time_point deadline,
            std::int64_t *timing);

  /// Takes a slot back from its caller.
  void release(RunSlot &slot);

  void reset();

  /// Throws FABRIQ_BUSY while callers have weights, programs or runs.
  void check_unused() const;

 private:
  void check_healthy() const;
  template <typename Data, typename Request>
  ResidentHandle *hold(const Request &request);
  RunSlots &slots(const RunKernel &kernel);
  void await_end(RunSlot &slot, Clock::time_point deadline);
  void take_result(RunSlot &slot, std::uint8_t *c, std::int64_t *timing,
                   Clock::time_point deadline);

  /// Of the device that the run was started on, unless it was reset since.
  void poison(const RunSlot &slot);

  std::unique_ptr<ResettableDevice> device_;
  std::deque<RunSlots> slots_;  // by the number of the kernel
  std::atomic<int> residents_{0};
  std::atomic<bool> poisoned_{false};
  std::atomic<std::uint64_t> generation_{0};  // number of resets
  std::shared_mutex use_;  // exclusive: reset; shared: everything that touches buffers or starts
};

}  // namespace fabriq
