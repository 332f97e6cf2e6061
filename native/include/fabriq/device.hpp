// SPDX-License-Identifier: Apache-2.0
#pragma once

// The interface between what all devices share (argument checks, packing, resident weights, run
// slots, deadlines) and one kind of device: buffers, runs of a kernel, reset.
//
// Every function may throw fabriq::Error or std::bad_alloc. Different objects may be used by
// different threads at once; one buffer or one run by one thread at a time.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "fabriq/kernel_descriptor.hpp"

namespace fabriq {

using Clock = std::chrono::steady_clock;

/// Device memory with a mapping on the host, 4096-byte aligned at both ends.
class Buffer {
 public:
  virtual ~Buffer() = default;

  /// The mapping; its content and the device's agree only after a transfer.
  virtual std::uint8_t *host() = 0;
  virtual std::size_t bytes() const = 0;

  /// True if the device works on the mapping itself: transfers do nothing then.
  virtual bool is_host_memory() const { return false; }

  /// Transfer of the first `bytes` bytes; blocks until done. Throws FABRIQ_TIMEOUT where the
  /// deadline can be kept (a board's driver may take longer).
  virtual void to_device(std::size_t bytes, Clock::time_point deadline) = 0;
  virtual void from_device(std::size_t bytes, Clock::time_point deadline) = 0;
};

enum class RunState {
  kPending,  // queued or running
  kDone,     // the kernel ended by itself
  kDropped   // given up by a reset or close before the kernel began
};

struct RunTimes {
  std::int64_t launch_ns;  // from start() until the kernel began
  std::int64_t kernel_ns;
  std::int64_t cycles[kCycleCounters] = {-1, -1, -1, -1, -1};  // -1: the device cannot tell
};

/// A kernel with its arguments, started any number of times. The buffers must outlive every run.
class Run {
 public:
  virtual ~Run() = default;

  /// \param argument index in the descriptor
  virtual void set(int argument, Buffer &buffer) = 0;
  virtual void set(int argument, std::int32_t value) = 0;

  /// Returns at once. Not to be called while the run is pending.
  virtual void start() = 0;

  /// Blocks until the run has ended or the deadline has passed; a past deadline polls. Throws
  /// if the kernel failed.
  virtual RunState wait(Clock::time_point deadline) = 0;

  /// Of the last run that was done.
  virtual RunTimes times() const = 0;
};

class Device {
 public:
  virtual ~Device() = default;

  virtual const std::string &description() const = 0;

  /// Memory for one argument of a kernel. The deadline is as for transfers.
  virtual std::unique_ptr<Buffer> allocate(const KernelDescriptor &kernel, int argument,
                                           std::size_t bytes, Clock::time_point deadline) = 0;
  virtual std::unique_ptr<Run> create_run(const KernelDescriptor &kernel) = 0;

  /// Gives up all pending runs and returns in bounded time. Then only wait() with a past deadline
  /// and the destructors of runs and buffers are called. A run that is still pending must be kept
  /// for ever.
  virtual void close() = 0;
};

/// Buffers that exist on a device.
struct DeviceMemory {
  std::size_t buffers;
  std::size_t bytes;
};

class ResettableDevice : public Device {
 public:
  /// What this device has allocated, in use or kept to be used again.
  virtual DeviceMemory memory() const = 0;

  /// Gives up all pending runs, each of which ends when it can, and makes the device ready at once.
  /// What was transferred to buffers that exist stays valid; their mappings may move. Only
  /// Run::wait may be called at the same time.
  virtual void reset() = 0;
};

}  // namespace fabriq
