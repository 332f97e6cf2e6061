// SPDX-License-Identifier: Apache-2.0

// libfabriq_xrt.so: boards and emulations through XRT's native API.

#include <xrt/xrt_bo.h>

#include <array>

#include "exported_device.hpp"
#include "outstanding_runs.hpp"
#include "xrt_board.hpp"

namespace fabriq {
namespace {

constexpr std::size_t kPage = 4096;

/// Bounds small calls into XRT that have no deadline.
constexpr std::chrono::seconds kCallTime(1);

class XrtBuffer : public Buffer {
 public:
  XrtBuffer(std::shared_ptr<XrtBoard> board, xrt::bo memory, std::size_t bytes)
      : board_(std::move(board)),
        memory_(std::move(memory)),
        host_(memory_.map<std::uint8_t *>()),
        bytes_(bytes) {}
  ~XrtBuffer() override {
    const EmulationWatch watch(board_->driver(), Clock::now() + kCallTime);
    memory_ = xrt::bo();
  }
  XrtBuffer(const XrtBuffer &) = delete;
  XrtBuffer &operator=(const XrtBuffer &) = delete;

  std::uint8_t *host() override { return host_; }
  std::size_t bytes() const override { return bytes_; }
  void to_device(std::size_t bytes, Clock::time_point deadline) override {
    board_->call("a transfer to the device", deadline,
                 [&] { memory_.sync(XCL_BO_SYNC_BO_TO_DEVICE, bytes, 0); });
  }
  void from_device(std::size_t bytes, Clock::time_point deadline) override {
    board_->call("a transfer from the device", deadline,
                 [&] { memory_.sync(XCL_BO_SYNC_BO_FROM_DEVICE, bytes, 0); });
  }

  const xrt::bo &memory() const { return memory_; }

 private:
  std::shared_ptr<XrtBoard> board_;
  xrt::bo memory_;
  std::uint8_t *host_;
  std::size_t bytes_;
};

/// What runs share with their device.
struct XrtRuns {
  explicit XrtRuns(const BoardAddress &address) : board(std::make_shared<XrtBoard>(address)) {}

  std::shared_ptr<XrtBoard> board;
  OutstandingRuns outstanding;
};

class XrtRun : public Run {
 public:
  XrtRun(std::shared_ptr<XrtRuns> runs, const KernelDescriptor &kernel)
      : runs_(std::move(runs)),
        name_(kernel.name),
        kernel_(runs_->board->kernel(kernel)),
        completion_(std::make_shared<Completion>()),
        run_(kernel_->kernel()) {
    // XRT's thread may still be inside the callback when this object is gone.
    run_.add_callback(
        ERT_CMD_STATE_COMPLETED,
        [completion = completion_, kernel = kernel_](const void *, ert_cmd_state state, void *) {
          kernel->end();
          completion->end(state);
        },
        nullptr);
    runs_->outstanding.add(completion_);
  }

  void set(int argument, Buffer &buffer) override {
    const xrt::bo &memory = static_cast<XrtBuffer &>(buffer).memory();
    if (change(argument, memory.address())) {
      run_.set_arg(argument, memory);
    }
  }
  void set(int argument, std::int32_t value) override {
    if (change(argument, static_cast<std::uint32_t>(value))) {
      run_.set_arg(argument, value);
    }
  }

  void start() override {
    begin_ = Clock::now();
    completion_->begin();
    start_ = kernel_->begin(alone_);
    try {
      const std::shared_lock<std::shared_mutex> lock(XrtBoard::schedulers());
      run_.start();
    } catch (...) {
      kernel_->end();
      completion_->end(ERT_CMD_STATE_NEW);
      rethrow_xrt_error("starting " + name_);
    }
    launched_ = Clock::now();
    started_ = true;
  }

  RunState wait(Clock::time_point deadline) override;

  /// XRT does not tell when a kernel begins: the launch ends when XRT has taken the run, or takes
  /// no time if the kernel ended before that.
  RunTimes times() const override {
    const Clock::time_point end = completion_->end_time();
    const Clock::time_point kernel_begin = launched_ < end ? launched_ : begin_;
    RunTimes times = {nanoseconds(kernel_begin - begin_), nanoseconds(end - kernel_begin)};
    if (alone_ && runs_->board->driver() != nullptr) {
      const EmulationWatch watch(runs_->board->driver(), Clock::now() + kCallTime);
      kernel_->read_counters(start_, times.cycles);
    }
    return times;
  }

 private:
  static std::int64_t nanoseconds(Clock::duration duration) {
    return std::chrono::nanoseconds(duration).count();
  }

  /// True if an argument has another value than in the last run.
  bool change(int argument, std::uint64_t value) {
    std::optional<std::uint64_t> &known = values_[static_cast<std::size_t>(argument)];
    const bool changed = known != value;
    known = value;
    return changed;
  }

  std::shared_ptr<XrtRuns> runs_;
  std::string name_;
  std::shared_ptr<XrtKernel> kernel_;
  std::shared_ptr<Completion> completion_;
  xrt::run run_;
  std::array<std::optional<std::uint64_t>, kMaximumArguments> values_;
  bool started_ = false;
  bool alone_ = false;
  std::uint64_t start_ = 0;
  Clock::time_point begin_;
  Clock::time_point launched_;
};

RunState XrtRun::wait(Clock::time_point deadline) {
  if (!completion_->wait(deadline)) {
    return RunState::kPending;
  }
  if (!started_) {
    return RunState::kDone;
  }
  if (runs_->board->failed()) {
    if (runs_->outstanding.given_up()) {
      return RunState::kDropped;
    }
    runs_->board->driver()->throw_failure(name_, false);
  }
  if (completion_->state() != ERT_CMD_STATE_COMPLETED) {
    throw Error(FABRIQ_DEVICE_FAILED, name_ + " ended in XRT's command state " +
                                          std::to_string(completion_->state()) +
                                          ", not 4 (completed); reset the device "
                                          "(fabriq_device_reset)");
  }
  return RunState::kDone;
}

class XrtDevice : public Device {
 public:
  explicit XrtDevice(const BoardAddress &address) : runs_(std::make_shared<XrtRuns>(address)) {}

  const std::string &description() const override { return runs_->board->description(); }

  std::unique_ptr<Buffer> allocate(const KernelDescriptor &kernel, int argument, std::size_t bytes,
                                   Clock::time_point deadline) override {
    const auto &board = runs_->board;
    const std::size_t rounded = (bytes + kPage - 1) / kPage * kPage;
    const int group = board->kernel(kernel)->kernel().group_id(argument);
    return board->call("allocating " + std::to_string(rounded) + " bytes on the device", deadline,
                       [&] {
                         return std::make_unique<XrtBuffer>(
                             board,
                             xrt::bo(board->device(), rounded, xrt::bo::flags::normal,
                                     static_cast<xrt::memory_group>(group)),
                             rounded);
                       });
  }

  std::unique_ptr<Run> create_run(const KernelDescriptor &kernel) override {
    return runs_->board->call(std::string("preparing a run of ") + kernel.name,
                              Clock::now() + kCallTime,
                              [&] { return std::make_unique<XrtRun>(runs_, kernel); });
  }

  void close() override { runs_->outstanding.give_up(runs_->board->driver()); }

 private:
  std::shared_ptr<XrtRuns> runs_;
};

std::unique_ptr<Device> open_xrt_device(const BoardAddress &address) {
  return std::make_unique<XrtDevice>(address);
}

}  // namespace
}  // namespace fabriq

extern "C" FABRIQ_API const fabriq::DeviceTable fabriq_device_table;
const fabriq::DeviceTable fabriq_device_table = fabriq::exported_devices(fabriq::open_xrt_device);
