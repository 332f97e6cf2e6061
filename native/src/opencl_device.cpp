// SPDX-License-Identifier: Apache-2.0

// libfabriq_opencl.so: boards and emulations through OpenCL 1.2 on XRT. XRT starts what is enqueued
// at once; its clFlush waits for the end of everything, as clFinish does, and is not used.

#include <array>
#include <cstdlib>
#include <new>

#include "error.hpp"
#include "exported_device.hpp"
#include "opencl_board.hpp"
#include "outstanding_runs.hpp"

namespace fabriq {
namespace {

constexpr std::size_t kPage = 4096;

/// How long a transfer takes to end after the device process was stopped.
constexpr std::chrono::milliseconds kStopTime(200);

using OpenclEvent = OpenclHandle<cl_event>;

/// Ends the completion when the command has ended, also with an error.
void complete_with(cl_event event, const std::shared_ptr<Completion> &completion,
                   const std::string &action) {
  // OpenCL's thread may be inside the callback when its owner is gone.
  auto *const held = new std::shared_ptr<Completion>(completion);
  const cl_int status = clSetEventCallback(
      event, CL_COMPLETE,
      [](cl_event, cl_int state, void *data) {
        auto *const ended = static_cast<std::shared_ptr<Completion> *>(data);
        (*ended)->end(state);
        delete ended;
      },
      held);
  if (status != CL_SUCCESS) {
    delete held;
    check_opencl(status, action);
  }
}

class OpenclBuffer : public Buffer {
 public:
  OpenclBuffer(std::shared_ptr<OpenclBoard> board, OpenclHandle<cl_mem> memory, std::size_t bytes)
      : board_(std::move(board)),
        memory_(std::move(memory)),
        bytes_(bytes),
        host_(static_cast<std::uint8_t *>(std::aligned_alloc(kPage, bytes)), std::free),
        transfer_(std::make_shared<Completion>()) {
    if (!host_) {
      throw std::bad_alloc();
    }
  }
  ~OpenclBuffer() override {
    const EmulationWatch watch(board_->driver(), Clock::now() + std::chrono::seconds(1));
    if (!transfer_->wait(Clock::time_point::min())) {
      host_.release();  // OpenCL still uses it
    }
    memory_.reset();
  }
  OpenclBuffer(const OpenclBuffer &) = delete;
  OpenclBuffer &operator=(const OpenclBuffer &) = delete;

  std::uint8_t *host() override { return host_.get(); }
  std::size_t bytes() const override { return bytes_; }

  void to_device(std::size_t bytes, Clock::time_point deadline) override {
    transfer("a transfer to the device", deadline, [&](cl_event *event) {
      return clEnqueueWriteBuffer(board_->queue(), memory_.get(), CL_FALSE, 0, bytes, host_.get(),
                                  0, nullptr, event);
    });
  }
  void from_device(std::size_t bytes, Clock::time_point deadline) override {
    transfer("a transfer from the device", deadline, [&](cl_event *event) {
      return clEnqueueReadBuffer(board_->queue(), memory_.get(), CL_FALSE, 0, bytes, host_.get(), 0,
                                 nullptr, event);
    });
  }

  cl_mem memory() const { return memory_.get(); }

 private:
  template <typename Enqueue>
  void transfer(const std::string &action, Clock::time_point deadline, Enqueue enqueue) {
    EmulationWatch watch(board_->driver(), deadline);
    cl_event raw = nullptr;
    check_opencl(enqueue(&raw), action);
    const OpenclEvent event(raw, clReleaseEvent);
    transfer_->begin();
    complete_with(raw, transfer_, action);
    const bool ended = transfer_->wait(deadline);
    const bool stopped = watch.finish();
    if (stopped) {
      transfer_->wait(Clock::now() + kStopTime);
    }
    board_->check_alive(action, stopped);
    if (!ended) {
      throw Error(FABRIQ_TIMEOUT, action +
                                      " did not end by its deadline; reset the device "
                                      "(fabriq_device_reset)");
    }
    check_opencl(transfer_->state(), action);
  }

  std::shared_ptr<OpenclBoard> board_;
  OpenclHandle<cl_mem> memory_;
  std::size_t bytes_;
  std::unique_ptr<std::uint8_t, void (*)(void *)> host_;
  std::shared_ptr<Completion> transfer_;
};

/// What runs share with their device.
struct OpenclRuns {
  explicit OpenclRuns(const BoardAddress &address)
      : board(std::make_shared<OpenclBoard>(address)) {}

  std::shared_ptr<OpenclBoard> board;
  OutstandingRuns outstanding;
};

class OpenclRun : public Run {
 public:
  OpenclRun(std::shared_ptr<OpenclRuns> runs, const KernelDescriptor &kernel)
      : runs_(std::move(runs)),
        name_(kernel.name),
        kernel_(runs_->board->create_kernel(kernel)),
        completion_(std::make_shared<Completion>()) {
    runs_->outstanding.add(completion_);
  }

  void set(int argument, Buffer &buffer) override {
    const cl_mem memory = static_cast<OpenclBuffer &>(buffer).memory();
    set_changed(argument, reinterpret_cast<std::uintptr_t>(memory), &memory, sizeof memory);
  }
  void set(int argument, std::int32_t value) override {
    set_changed(argument, static_cast<std::uint32_t>(value), &value, sizeof value);
  }

  void start() override {
    const std::size_t one = 1;
    cl_event event = nullptr;
    check_opencl(clEnqueueNDRangeKernel(runs_->board->queue(), kernel_.get(), 1, nullptr, &one,
                                        &one, 0, nullptr, &event),
                 "starting " + name_);
    event_.reset(event);
    completion_->begin();
    try {
      complete_with(event, completion_, "starting " + name_);
    } catch (...) {
      completion_->end(CL_OUT_OF_RESOURCES);
      throw;
    }
  }

  RunState wait(Clock::time_point deadline) override {
    if (!completion_->wait(deadline)) {
      return RunState::kPending;
    }
    if (event_) {
      if (runs_->board->failed() && runs_->outstanding.given_up()) {
        return RunState::kDropped;
      }
      runs_->board->check_alive(name_, false);
      check_opencl(completion_->state(), name_);
    }
    return RunState::kDone;
  }

  RunTimes times() const override {
    const cl_ulong queued = profile(CL_PROFILING_COMMAND_QUEUED);
    const cl_ulong begin = profile(CL_PROFILING_COMMAND_START);
    const cl_ulong end = profile(CL_PROFILING_COMMAND_END);
    return {static_cast<std::int64_t>(begin - queued), static_cast<std::int64_t>(end - begin)};
  }

 private:
  void set_changed(int argument, std::uint64_t value, const void *bytes, std::size_t size) {
    std::uint64_t &known = values_[static_cast<std::size_t>(argument)];
    const bool same = (set_ & (1u << argument)) != 0 && known == value;
    if (!same) {
      check_opencl(clSetKernelArg(kernel_.get(), static_cast<cl_uint>(argument), size, bytes),
                   "setting an argument of " + name_);
      known = value;
      set_ |= 1u << argument;
    }
  }

  /// Nanoseconds of XRT's clock.
  cl_ulong profile(cl_profiling_info what) const {
    cl_ulong time = 0;
    clGetEventProfilingInfo(event_.get(), what, sizeof time, &time, nullptr);
    return time;
  }

  std::shared_ptr<OpenclRuns> runs_;
  std::string name_;
  OpenclHandle<cl_kernel> kernel_;
  std::shared_ptr<Completion> completion_;
  OpenclEvent event_{nullptr, clReleaseEvent};
  std::array<std::uint64_t, kMaximumArguments> values_{};
  std::uint32_t set_ = 0;  // arguments that have a value, as bits
};

class OpenclDevice : public Device {
 public:
  explicit OpenclDevice(const BoardAddress &address)
      : runs_(std::make_shared<OpenclRuns>(address)) {}

  const std::string &description() const override { return runs_->board->description(); }

  std::unique_ptr<Buffer> allocate(const KernelDescriptor &kernel, int argument, std::size_t bytes,
                                   Clock::time_point deadline) override {
    EmulationWatch watch(runs_->board->driver(), deadline);
    const std::size_t rounded = (bytes + kPage - 1) / kPage * kPage;
    auto memory = runs_->board->create_buffer(kernel, argument, rounded);
    runs_->board->check_alive("allocating", watch.finish());
    return std::make_unique<OpenclBuffer>(runs_->board, std::move(memory), rounded);
  }

  std::unique_ptr<Run> create_run(const KernelDescriptor &kernel) override {
    return std::make_unique<OpenclRun>(runs_, kernel);
  }

  void close() override { runs_->outstanding.give_up(runs_->board->driver()); }

 private:
  std::shared_ptr<OpenclRuns> runs_;
};

std::unique_ptr<Device> open_opencl_device(const BoardAddress &address) {
  return std::make_unique<OpenclDevice>(address);
}

}  // namespace
}  // namespace fabriq

extern "C" FABRIQ_API const fabriq::DeviceTable fabriq_device_table;
const fabriq::DeviceTable fabriq_device_table =
    fabriq::exported_devices(fabriq::open_opencl_device);
