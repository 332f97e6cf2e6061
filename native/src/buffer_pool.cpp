// SPDX-License-Identifier: Apache-2.0
#include "buffer_pool.hpp"

#include <algorithm>

#include "error.hpp"

namespace fabriq {
namespace {

constexpr std::size_t kPage = 4096;

/// Up to the next of the sizes of which there are four in each doubling.
std::size_t size_class(std::size_t bytes) {
  std::size_t step = kPage;
  while (step * 8 <= bytes) {
    step *= 2;
  }
  return std::max(kPage, (bytes + step - 1) / step * step);
}

}  // namespace

BufferPool::Handle BufferPool::allocate(const KernelDescriptor &kernel, int argument,
                                        std::size_t bytes, Clock::time_point deadline) {
  Entries one;
  const std::size_t size = size_class(bytes);
  if (!take(kernel, argument, size, one)) {
    make(kernel, argument, size, deadline, one);
  }
  const Entries::iterator entry = one.begin();
  const std::lock_guard<std::mutex> lock(mutex_);
  used_.splice(used_.end(), one);
  return Handle(entry->buffer.get(), Return{this, entry});
}

bool BufferPool::take(const KernelDescriptor &kernel, int argument, std::size_t bytes,
                      Entries &to) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Entry &entry) {
    return entry.kernel == &kernel && entry.argument == argument && entry.buffer->bytes() == bytes;
  });
  if (found == kept_.end()) {
    return false;
  }
  kept_bytes_ -= bytes;
  to.splice(to.end(), kept_, found);
  return true;
}

void BufferPool::make(const KernelDescriptor &kernel, int argument, std::size_t bytes,
                      Clock::time_point deadline, Entries &to) {
  to.push_back({&kernel, argument, nullptr});
  try {
    to.back().buffer = device_.allocate(kernel, argument, bytes, deadline);
  } catch (const Error &error) {
    if (error.status() != FABRIQ_OUT_OF_MEMORY) {
      throw;
    }
    drop(0);
    to.back().buffer = device_.allocate(kernel, argument, bytes, deadline);
  }
}

void BufferPool::give_back(Entries::iterator entry) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    kept_bytes_ += entry->buffer->bytes();
    kept_.splice(kept_.end(), used_, entry);
  }
  drop(kMostKept);
}

void BufferPool::drop(std::size_t most) {
  Entries dropped;  // outlives the lock: the end of a buffer may take its time
  const std::lock_guard<std::mutex> lock(mutex_);
  while (kept_bytes_ > most) {
    kept_bytes_ -= kept_.front().buffer->bytes();
    dropped.splice(dropped.end(), kept_, kept_.begin());
  }
}

DeviceMemory BufferPool::memory() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  DeviceMemory memory = {};
  for (const Entries *entries : {&used_, &kept_}) {
    for (const Entry &entry : *entries) {
      ++memory.buffers;
      memory.bytes += entry.buffer->bytes();
    }
  }
  return memory;
}

}  // namespace fabriq
