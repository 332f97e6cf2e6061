// SPDX-License-Identifier: Apache-2.0
#include "emulated_device.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>

#include "compute_units.hpp"

namespace fabriq {
namespace {

constexpr std::size_t kPage = 4096;
constexpr int kMaximumThreads = 64;
constexpr std::chrono::seconds kMaximumStall(60);

/// Ordinary memory: host and device are one.
class HostBuffer : public Buffer {
 public:
  struct Count {
    std::atomic<std::size_t> buffers{0};
    std::atomic<std::size_t> bytes{0};
  };

  HostBuffer(std::size_t bytes, Count &count)
      : bytes_((bytes + kPage - 1) / kPage * kPage),
        memory_(static_cast<std::uint8_t *>(std::aligned_alloc(kPage, bytes_))),
        count_(count) {
    if (memory_ == nullptr) {
      throw std::bad_alloc();
    }
    ++count_.buffers;
    count_.bytes += bytes_;
  }
  ~HostBuffer() override {
    --count_.buffers;
    count_.bytes -= bytes_;
    std::free(memory_);
  }
  HostBuffer(const HostBuffer &) = delete;
  HostBuffer &operator=(const HostBuffer &) = delete;

  std::uint8_t *host() override { return memory_; }
  std::size_t bytes() const override { return bytes_; }
  bool is_host_memory() const override { return true; }
  void to_device(std::size_t, Clock::time_point) override {}
  void from_device(std::size_t, Clock::time_point) override {}

 private:
  std::size_t bytes_;
  std::uint8_t *memory_;
  Count &count_;
};

class EmulatedDevice : public ResettableDevice {
 public:
  EmulatedDevice(int threads, std::chrono::nanoseconds stall)
      : threads_(threads),
        stall_(stall),
        description_("emulation: host-compiled kernels on " + std::to_string(threads) +
                     (threads == 1 ? " thread" : " threads")),
        units_(std::make_unique<ComputeUnits>(threads, stall)) {}

  const std::string &description() const override { return description_; }

  std::unique_ptr<Buffer> allocate(const KernelDescriptor &, int, std::size_t bytes,
                                   Clock::time_point) override {
    return std::make_unique<HostBuffer>(bytes, count_);
  }
  DeviceMemory memory() const override { return {count_.buffers, count_.bytes}; }

  std::unique_ptr<Run> create_run(const KernelDescriptor &kernel) override;

  void enqueue(KernelJob &job) {
    const std::lock_guard<std::mutex> lock(mutex_);
    units_->enqueue(job);
  }

  void reset() override {
    auto fresh = std::make_unique<ComputeUnits>(threads_, stall_);
    const std::lock_guard<std::mutex> lock(mutex_);
    units_->stop();
    const auto ended = [](const auto &units) { return units->ended(); };
    retired_.erase(std::remove_if(retired_.begin(), retired_.end(), ended), retired_.end());
    retired_.push_back(std::move(units_));
    units_ = std::move(fresh);
  }

  void close() override {
    const Clock::time_point deadline = Clock::now() + ComputeUnits::kJoinTime;
    units_->stop();
    units_->join(deadline);
    for (auto &units : retired_) {
      units->join(deadline);
    }
  }

 private:
  int threads_;
  std::chrono::nanoseconds stall_;
  std::string description_;
  HostBuffer::Count count_;
  std::mutex mutex_;  // of the next two
  std::unique_ptr<ComputeUnits> units_;
  std::vector<std::unique_ptr<ComputeUnits>> retired_;
};

class EmulatedRun : public Run {
 public:
  EmulatedRun(EmulatedDevice &device, HostKernel kernel) : device_(device), job_(kernel) {}

  void set(int argument, Buffer &buffer) override {
    job_.arguments[argument] = reinterpret_cast<std::uintptr_t>(buffer.host());
  }
  void set(int argument, std::int32_t value) override {
    job_.arguments[argument] = static_cast<std::uint32_t>(value);
  }
  void start() override { device_.enqueue(job_); }
  RunState wait(Clock::time_point deadline) override { return job_.wait(deadline); }
  RunTimes times() const override { return job_.times(); }

 private:
  EmulatedDevice &device_;
  KernelJob job_;
};

std::unique_ptr<Run> EmulatedDevice::create_run(const KernelDescriptor &kernel) {
  return std::make_unique<EmulatedRun>(*this, host_kernel(kernel.name));
}

}  // namespace

std::unique_ptr<ResettableDevice> open_emulated_device(DeviceUri &uri) {
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  const int threads =
      uri.take_integer("threads", std::clamp(processors, 1, kMaximumThreads), 1, kMaximumThreads);
  const std::chrono::nanoseconds stall = uri.take_duration("stall", kMaximumStall);
  uri.finish("threads=1..64, stall=0s..60s");
  return std::make_unique<EmulatedDevice>(threads, stall);
}

}  // namespace fabriq
