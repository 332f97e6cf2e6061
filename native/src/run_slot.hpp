// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "call_report.hpp"
#include "resident.hpp"

namespace fabriq {

struct ResidentHandle;

/// A run of one kernel with its own buffers for A and C, which grow and are then reused. Used by
/// one caller at a time, from start() to clear().
class RunSlot {
 public:
  explicit RunSlot(const RunKernel &kernel) : kernel_(kernel) {}

  const RunKernel &kernel() const { return kernel_; }

  /// True if a run of these sizes, those of C without a report, needs no allocation.
  bool holds(std::size_t a_bytes, std::size_t c_bytes) const;

  /// Sets the run's arguments, copies A to the device and starts the kernel.
  /// \param entry when the caller's call began
  void start(Device &device, std::shared_ptr<const Resident> resident, const MatrixRows &a_rows,
             const MatrixRows &c_rows, const std::uint8_t *a, Clock::time_point entry,
             Clock::time_point deadline);

  RunState wait(Clock::time_point deadline) { return run_->wait(deadline); }

  /// Since the call that started the run.
  Clock::duration age() const { return Clock::now() - entry_; }

  /// Of the started run: dense bytes of C.
  std::size_t c_bytes() const { return c_rows_.dense_bytes(); }

  /// After kDone: brings C, and the report where the kernel has one, to the host.
  void fetch(Clock::time_point deadline);

  /// After fetch(): writes C, and the timing unless NULL. Throws, with nothing written, if the
  /// kernel reports that it ended early.
  void finish(std::uint8_t *c, std::int64_t *timing) const;

  /// True if no run is pending, which includes one that failed.
  bool ended() noexcept;

  /// Forgets the resident data of the last run.
  void clear() { resident_.reset(); }

  /// What the session keeps with a slot while a caller has it.
  struct Lease {
    ResidentHandle *resident = nullptr;
    std::uint64_t generation = 0;      // of the session at the start
    std::atomic<bool> claimed{false};  // a caller waits for the result, or took it
  } lease;

 private:
  void grow(Device &device, std::unique_ptr<Buffer> &buffer, int argument, std::size_t bytes,
            Clock::time_point deadline);

  const RunKernel &kernel_;
  std::shared_ptr<const Resident> resident_;
  std::unique_ptr<Buffer> a_;
  std::unique_ptr<Buffer> c_;
  std::unique_ptr<Run> run_;
  bool started_ = false;
  MatrixRows c_rows_ = {};
  Clock::time_point entry_;
  std::int64_t pack_ns_ = 0;
  std::int64_t host_to_device_ns_ = -1;
  Clock::time_point ended_;  // when the run's end was seen
};

}  // namespace fabriq
