// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "fabriq/device.hpp"
#include "fabriq/host_kernel.hpp"

namespace fabriq {

/// A kernel call in the queue of the compute units, and its end.
class KernelJob {
 public:
  explicit KernelJob(HostKernel kernel) : kernel_(kernel) {}

  std::uint64_t arguments[kMaximumArguments] = {};

  /// Before the job is queued.
  void prepare();

  /// Runs the kernel; its exception is kept for wait().
  void run() noexcept;
  void drop() noexcept { end(RunState::kDropped); }

  RunState wait(Clock::time_point deadline);
  RunTimes times() const;

  KernelJob *next = nullptr;  // in the queue

 private:
  void end(RunState state) noexcept;

  HostKernel kernel_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::atomic<RunState> state_{RunState::kDone};
  std::exception_ptr failure_;
  Clock::time_point requested_;
  Clock::time_point begun_;
  Clock::time_point finished_;
};

}  // namespace fabriq
