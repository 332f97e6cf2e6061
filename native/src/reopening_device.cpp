// SPDX-License-Identifier: Apache-2.0
#include "reopening_device.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <unordered_set>
#include <vector>

#include "buffer_pool.hpp"

namespace fabriq {
namespace {

/// Bounds the transfers of a reset.
constexpr std::chrono::seconds kUploadTime(60);

class ReopenedBuffer;
class ReopenedRun;

/// One opening of the device, and everything that was made on it.
struct Opening {
  explicit Opening(std::unique_ptr<Device> opened)
      : device(std::move(opened)), pool(std::make_unique<BufferPool>(*device)) {}

  std::unique_ptr<Device> device;
  std::unique_ptr<BufferPool> pool;
  std::vector<BufferPool::Handle> buffers;  // of a past opening
  std::vector<std::shared_ptr<Run>> runs;
};

/// Of runs that have not ended: memory that they use, reachable until the process ends.
void keep_for_ever(Opening opening) {
  static std::mutex mutex;
  static auto *const kept = new std::vector<Opening>;
  const std::lock_guard<std::mutex> lock(mutex);
  kept->push_back(std::move(opening));
}

bool has_ended(Run &run) noexcept {
  try {
    return run.wait(Clock::time_point::min()) != RunState::kPending;
  } catch (...) {
    return true;
  }
}

class ReopeningDevice : public ResettableDevice {
 public:
  explicit ReopeningDevice(std::function<std::unique_ptr<Device>()> open)
      : open_(std::move(open)),
        current_(std::in_place, open_()),
        description_(current_->device->description()) {}

  const std::string &description() const override { return description_; }
  std::unique_ptr<Buffer> allocate(const KernelDescriptor &kernel, int argument, std::size_t bytes,
                                   Clock::time_point deadline) override;
  std::unique_ptr<Run> create_run(const KernelDescriptor &kernel) override;
  void reset() override;
  void close() override {
    if (current_) {
      current_->device->close();
    }
  }
  DeviceMemory memory() const override {
    return current_ ? current_->pool->memory() : DeviceMemory{};
  }

  template <typename Object>
  void enlist(std::unordered_set<Object *> ReopeningDevice::*members, Object *object) {
    const std::lock_guard<std::mutex> lock(mutex_);
    (this->*members).insert(object);
  }
  template <typename Object>
  void strike(std::unordered_set<Object *> ReopeningDevice::*members, Object *object) {
    const std::lock_guard<std::mutex> lock(mutex_);
    (this->*members).erase(object);
  }

  std::unordered_set<ReopenedBuffer *> buffers_;
  std::unordered_set<ReopenedRun *> runs_;

 private:
  void retire();

  std::function<std::unique_ptr<Device>()> open_;
  std::optional<Opening> current_;  // empty after a reset that failed
  std::string description_;
  std::mutex mutex_;  // of the members
};

class ReopenedBuffer : public Buffer {
 public:
  ReopenedBuffer(ReopeningDevice &owner, const KernelDescriptor &kernel, int argument,
                 BufferPool::Handle buffer)
      : owner_(owner),
        kernel_(kernel),
        argument_(argument),
        bytes_(buffer->bytes()),
        buffer_(std::move(buffer)) {
    owner_.enlist(&ReopeningDevice::buffers_, this);
  }
  ~ReopenedBuffer() override { owner_.strike(&ReopeningDevice::buffers_, this); }
  ReopenedBuffer(const ReopenedBuffer &) = delete;
  ReopenedBuffer &operator=(const ReopenedBuffer &) = delete;

  std::uint8_t *host() override { return buffer_->host(); }
  std::size_t bytes() const override { return bytes_; }
  void to_device(std::size_t bytes, Clock::time_point deadline) override {
    buffer_->to_device(bytes, deadline);
    transferred_ = bytes;
  }
  void from_device(std::size_t bytes, Clock::time_point deadline) override {
    buffer_->from_device(bytes, deadline);
  }

  Buffer &current() { return *buffer_; }

  BufferPool::Handle detach() {
    if (buffer_) {
      content_.assign(buffer_->host(), buffer_->host() + transferred_);
    }
    return std::move(buffer_);
  }

  void attach(BufferPool &pool, Clock::time_point deadline) {
    auto buffer = pool.allocate(kernel_, argument_, bytes_, deadline);
    if (!content_.empty()) {
      std::copy(content_.begin(), content_.end(), buffer->host());
      buffer->to_device(content_.size(), deadline);
    }
    content_ = {};
    buffer_ = std::move(buffer);
  }

 private:
  ReopeningDevice &owner_;
  const KernelDescriptor &kernel_;
  int argument_;
  std::size_t bytes_;
  std::size_t transferred_ = 0;
  BufferPool::Handle buffer_;
  std::vector<std::uint8_t> content_;  // while detached
};

class ReopenedRun : public Run {
 public:
  ReopenedRun(ReopeningDevice &owner, const KernelDescriptor &kernel, std::unique_ptr<Run> run)
      : owner_(owner), kernel_(kernel), run_(std::move(run)) {
    owner_.enlist(&ReopeningDevice::runs_, this);
  }
  ~ReopenedRun() override { owner_.strike(&ReopeningDevice::runs_, this); }
  ReopenedRun(const ReopenedRun &) = delete;
  ReopenedRun &operator=(const ReopenedRun &) = delete;

  void set(int argument, Buffer &buffer) override {
    run_->set(argument, static_cast<ReopenedBuffer &>(buffer).current());
  }
  void set(int argument, std::int32_t value) override { run_->set(argument, value); }
  void start() override { run_->start(); }
  RunState wait(Clock::time_point deadline) override {
    const std::shared_ptr<Run> run = current();
    return run ? run->wait(deadline) : RunState::kDropped;
  }
  RunTimes times() const override { return run_->times(); }

  std::shared_ptr<Run> current() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return run_;
  }

  std::shared_ptr<Run> detach() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::move(run_);
  }

  void attach(Device &device) {
    std::shared_ptr<Run> run = device.create_run(kernel_);
    const std::lock_guard<std::mutex> lock(mutex_);
    run_ = std::move(run);
  }

 private:
  ReopeningDevice &owner_;
  const KernelDescriptor &kernel_;
  std::mutex mutex_;  // of the pointer, for wait() during a reset
  std::shared_ptr<Run> run_;
};

std::unique_ptr<Buffer> ReopeningDevice::allocate(const KernelDescriptor &kernel, int argument,
                                                  std::size_t bytes, Clock::time_point deadline) {
  return std::make_unique<ReopenedBuffer>(
      *this, kernel, argument, current_->pool->allocate(kernel, argument, bytes, deadline));
}

std::unique_ptr<Run> ReopeningDevice::create_run(const KernelDescriptor &kernel) {
  return std::make_unique<ReopenedRun>(*this, kernel, current_->device->create_run(kernel));
}

void ReopeningDevice::retire() {
  if (!current_) {
    return;
  }
  current_->device->close();
  Opening past = std::move(*current_);
  current_.reset();
  for (ReopenedBuffer *buffer : buffers_) {
    past.buffers.push_back(buffer->detach());
  }
  for (ReopenedRun *run : runs_) {
    past.runs.push_back(run->detach());
  }
  const auto ended = [](const std::shared_ptr<Run> &run) { return !run || has_ended(*run); };
  if (!std::all_of(past.runs.begin(), past.runs.end(), ended)) {
    keep_for_ever(std::move(past));
    return;
  }
  past.runs.clear();
  past.buffers.clear();
}

void ReopeningDevice::reset() {
  const std::lock_guard<std::mutex> lock(mutex_);
  retire();
  current_.emplace(open_());
  const Clock::time_point deadline = Clock::now() + kUploadTime;
  for (ReopenedBuffer *buffer : buffers_) {
    buffer->attach(*current_->pool, deadline);
  }
  for (ReopenedRun *run : runs_) {
    run->attach(*current_->device);
  }
}

}  // namespace

std::unique_ptr<ResettableDevice> open_reopening_device(
    std::function<std::unique_ptr<Device>()> open) {
  return std::make_unique<ReopeningDevice>(std::move(open));
}

}  // namespace fabriq
