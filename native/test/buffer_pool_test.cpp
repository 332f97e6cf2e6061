// SPDX-License-Identifier: Apache-2.0

// The pool over a device whose memory has a limit.

#include "../src/buffer_pool.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>

#include "../src/error.hpp"
#include "check.hpp"

namespace {

using fabriq::Buffer;
using fabriq::BufferPool;
using fabriq::Clock;
using fabriq::KernelDescriptor;

constexpr std::size_t kMegabyte = std::size_t{1} << 20;
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kLargest = std::min<std::uint64_t>(std::uint64_t{1} << 33, kUnlimited / 4);

/// Counts what there is, and holds none of it.
class Memory : public fabriq::Device {
 public:
  explicit Memory(std::size_t limit) : limit_(limit) {}

  const std::string &description() const override { return description_; }
  std::unique_ptr<Buffer> allocate(const KernelDescriptor &, int, std::size_t bytes,
                                   Clock::time_point) override {
    if (used_ + bytes > limit_) {
      throw fabriq::Error(FABRIQ_OUT_OF_MEMORY, "full");
    }
    ++made_;
    return std::make_unique<Part>(*this, bytes);
  }
  std::unique_ptr<fabriq::Run> create_run(const KernelDescriptor &) override { return nullptr; }
  void close() override {}

  std::size_t used() const { return used_; }
  int made() const { return made_; }

 private:
  class Part : public Buffer {
   public:
    Part(Memory &memory, std::size_t bytes) : memory_(memory), bytes_(bytes) {
      memory_.used_ += bytes_;
    }
    ~Part() override { memory_.used_ -= bytes_; }
    std::uint8_t *host() override { return nullptr; }
    std::size_t bytes() const override { return bytes_; }
    void to_device(std::size_t, Clock::time_point) override {}
    void from_device(std::size_t, Clock::time_point) override {}

   private:
    Memory &memory_;
    std::size_t bytes_;
  };

  std::size_t limit_;
  std::atomic<std::size_t> used_{0};
  std::atomic<int> made_{0};
  std::string description_ = "memory";
};

const KernelDescriptor &kernel(int index) { return *fabriq::kernel_descriptor(index); }

/// A pool over a memory.
struct Pool : BufferPool {
  using BufferPool::BufferPool;

  Handle take(std::size_t bytes, int argument = 0, int of_kernel = 0) {
    return allocate(kernel(of_kernel), argument, bytes, Clock::time_point::max());
  }
};

}  // namespace

TEST(a_buffer_is_used_again) {
  Memory memory(kMegabyte);
  Pool pool(memory);
  for (int i = 0; i < 1000; ++i) {
    const auto buffer = pool.take(5000 + static_cast<std::size_t>(i) % 3000);
    CHECK_EQUAL(buffer->bytes(), 8192u);
  }
  CHECK_EQUAL(memory.made(), 1);
  CHECK_EQUAL(pool.memory().buffers, 1u);
  CHECK_EQUAL(pool.memory().bytes, 8192u);
}

TEST(two_users_have_two_buffers) {
  Memory memory(kMegabyte);
  Pool pool(memory);
  const auto first = pool.take(1);
  const auto second = pool.take(1);
  CHECK(first.get() != second.get());
  CHECK_EQUAL(pool.memory().buffers, 2u);
}

TEST(arguments_and_kernels_have_their_own) {
  Memory memory(kMegabyte);
  Pool pool(memory);
  pool.take(4096, 0, 0);
  pool.take(4096, 1, 0);
  pool.take(4096, 0, 1);
  CHECK_EQUAL(memory.made(), 3);
}

TEST(at_most_a_quarter_is_wasted) {
  Memory memory(kUnlimited);
  Pool pool(memory);
  for (std::size_t bytes = 1; bytes < kLargest; bytes += bytes / 7 + 1) {
    const std::size_t size = pool.take(bytes)->bytes();
    CHECK(size >= bytes);
    CHECK_EQUAL(size % 4096, 0u);
    CHECK(size - bytes < 4096 || size - bytes <= bytes / 4);
  }
}

TEST(what_is_kept_is_bounded) {
  Memory memory(kUnlimited);
  Pool pool(memory);
  {
    std::vector<BufferPool::Handle> many;
    for (int i = 0; i < 10; ++i) {
      many.push_back(pool.take(64 * kMegabyte));
    }
    CHECK_EQUAL(memory.used(), 640 * kMegabyte);
  }
  CHECK_EQUAL(memory.used(), BufferPool::kMostKept);
  CHECK_EQUAL(pool.memory().bytes, memory.used());
  pool.take(2 * BufferPool::kMostKept);
  CHECK_EQUAL(memory.used(), 0u);
}

TEST(kept_buffers_make_room) {
  Memory memory(10 * kMegabyte);
  Pool pool(memory);
  const auto used = pool.take(kMegabyte);
  pool.take(4 * kMegabyte);
  pool.take(5 * kMegabyte);
  CHECK_EQUAL(memory.used(), 10 * kMegabyte);
  const auto buffer = pool.take(8 * kMegabyte);
  CHECK_EQUAL(memory.used(), 9 * kMegabyte);
  bool refused = false;
  try {
    pool.take(4 * kMegabyte);
  } catch (const fabriq::Error &error) {
    refused = error.status() == FABRIQ_OUT_OF_MEMORY;
  }
  CHECK(refused);
  CHECK_EQUAL(pool.memory().buffers, 2u);
}

TEST(threads_share_a_pool) {
  Memory memory(kMegabyte);
  Pool pool(memory);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5000; ++i) {
        pool.take(4096);
      }
    });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  CHECK(memory.made() <= 4);
  CHECK_EQUAL(memory.used(), pool.memory().bytes);
}

int main() { return check::run_tests(); }
