// SPDX-License-Identifier: Apache-2.0
#include "loaded_device.hpp"

namespace fabriq {
namespace {

/// Calls a function of the table with an outcome as its last argument.
template <typename Function, typename... Arguments>
auto call(Function function, Arguments &&...arguments) {
  Outcome outcome;
  const auto check = [&outcome] {
    if (outcome.status != FABRIQ_OK) {
      throw Error(outcome.status, outcome.text);
    }
  };
  if constexpr (std::is_void_v<decltype(function(arguments..., outcome))>) {
    function(arguments..., outcome);
    check();
  } else {
    const auto result = function(arguments..., outcome);
    check();
    return result;
  }
}

class LoadedBuffer : public Buffer {
 public:
  LoadedBuffer(const DeviceTable &table, Buffer *buffer) : table_(table), buffer_(buffer) {}

  std::uint8_t *host() override { return buffer_->host(); }
  std::size_t bytes() const override { return buffer_->bytes(); }
  void to_device(std::size_t bytes, Clock::time_point deadline) override {
    call(table_.to_device, *buffer_, bytes, deadline);
  }
  void from_device(std::size_t bytes, Clock::time_point deadline) override {
    call(table_.from_device, *buffer_, bytes, deadline);
  }

  Buffer &loaded() { return *buffer_; }

 private:
  const DeviceTable &table_;
  std::unique_ptr<Buffer> buffer_;
};

class LoadedRun : public Run {
 public:
  LoadedRun(const DeviceTable &table, Run *run) : table_(table), run_(run) {}

  void set(int argument, Buffer &buffer) override {
    call(table_.set_buffer, *run_, argument, static_cast<LoadedBuffer &>(buffer).loaded());
  }
  void set(int argument, std::int32_t value) override {
    call(table_.set_value, *run_, argument, value);
  }
  void start() override { call(table_.start, *run_); }
  RunState wait(Clock::time_point deadline) override { return call(table_.wait, *run_, deadline); }
  RunTimes times() const override { return run_->times(); }

 private:
  const DeviceTable &table_;
  std::unique_ptr<Run> run_;
};

class LoadedDevice : public Device {
 public:
  LoadedDevice(const DeviceTable &table, Device *device) : table_(table), device_(device) {}

  const std::string &description() const override { return device_->description(); }

  std::unique_ptr<Buffer> allocate(const KernelDescriptor &kernel, int argument, std::size_t bytes,
                                   Clock::time_point deadline) override {
    return std::make_unique<LoadedBuffer>(
        table_, call(table_.allocate, *device_, kernel, argument, bytes, deadline));
  }
  std::unique_ptr<Run> create_run(const KernelDescriptor &kernel) override {
    return std::make_unique<LoadedRun>(table_, call(table_.create_run, *device_, kernel));
  }
  void close() override { call(table_.close, *device_); }

 private:
  const DeviceTable &table_;
  std::unique_ptr<Device> device_;
};

}  // namespace

std::unique_ptr<Device> open_loaded_device(const DeviceTable &table, const BoardAddress &address) {
  return std::make_unique<LoadedDevice>(table, call(table.open, address));
}

}  // namespace fabriq
