// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <mutex>

#include "fabriq/device.hpp"

namespace fabriq {

/// Makes buffers of a device and keeps those that are given up, for the next request of the same
/// argument and size class (at most a quarter more than was asked for): making one is slow, and
/// XRT's emulations never return its memory. What is kept is bounded; the oldest go first, and all
/// when the device has no memory left. Thread-safe.
class BufferPool {
  struct Entry {
    const KernelDescriptor *kernel;
    int argument;
    std::unique_ptr<Buffer> buffer;
  };
  using Entries = std::list<Entry>;

 public:
  /// The most bytes that are kept.
  static constexpr std::size_t kMostKept = std::size_t{256} << 20;

  /// Gives a buffer back to its pool.
  struct Return {
    BufferPool *pool;
    Entries::iterator entry;

    void operator()(Buffer *) const noexcept { pool->give_back(entry); }
  };
  using Handle = std::unique_ptr<Buffer, Return>;

  /// \param device must outlive the pool, and the pool its buffers
  explicit BufferPool(Device &device) : device_(device) {}
  BufferPool(const BufferPool &) = delete;
  BufferPool &operator=(const BufferPool &) = delete;

  /// As Device::allocate; the memory may hold anything.
  Handle allocate(const KernelDescriptor &kernel, int argument, std::size_t bytes,
                  Clock::time_point deadline);

  /// Of all buffers there are, kept ones included.
  DeviceMemory memory() const;

 private:
  bool take(const KernelDescriptor &kernel, int argument, std::size_t bytes, Entries &to);
  void make(const KernelDescriptor &kernel, int argument, std::size_t bytes,
            Clock::time_point deadline, Entries &to);
  void give_back(Entries::iterator entry);
  void drop(std::size_t most);

  Device &device_;
  mutable std::mutex mutex_;
  Entries used_;
  Entries kept_;  // the oldest first
  std::size_t kept_bytes_ = 0;
};

}  // namespace fabriq
