// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "kernel_job.hpp"

namespace fabriq {

/// Worker threads that take jobs in order.
class ComputeUnits {
 public:
  ComputeUnits(int threads, std::chrono::nanoseconds stall);

  /// Stops and joins.
  ~ComputeUnits();
  ComputeUnits(const ComputeUnits &) = delete;
  ComputeUnits &operator=(const ComputeUnits &) = delete;

  /// The job must live until it has ended.
  void enqueue(KernelJob &job);

  /// Drops jobs that wait or stall; the threads end after the kernels they are in. Does not block.
  void stop();

  /// True once every thread has ended.
  bool ended() const;

  /// After stop(): waits for the threads until the deadline, and leaves those that are still in a
  /// kernel to themselves.
  void join(Clock::time_point deadline);

  static constexpr std::chrono::seconds kJoinTime{1};

 private:
  struct Queue;

  std::shared_ptr<Queue> queue_;
  std::vector<std::thread> threads_;
};

}  // namespace fabriq
