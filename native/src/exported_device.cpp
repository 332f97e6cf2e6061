// SPDX-License-Identifier: Apache-2.0
#include "exported_device.hpp"

#include <cstdio>
#include <new>

namespace fabriq {
namespace {

void keep(Outcome &outcome, fabriq_status status, const char *text) noexcept {
  outcome.status = status;
  std::snprintf(outcome.text, sizeof outcome.text, "%s", text);
}

/// The function's result, or a default one if it threw.
template <typename Function>
auto guarded(Outcome &outcome, Function function) noexcept -> decltype(function()) {
  try {
    outcome.status = FABRIQ_OK;
    return function();
  } catch (const Error &error) {
    keep(outcome, error.status(), error.what());
  } catch (const std::bad_alloc &) {
    keep(outcome, FABRIQ_OUT_OF_MEMORY,
         "out of memory; use smaller matrices, or free memory on this machine");
  } catch (const std::exception &error) {
    keep(outcome, FABRIQ_DEVICE_FAILED, error.what());
  } catch (...) {
    keep(outcome, FABRIQ_DEVICE_FAILED, "the device's driver threw an unknown exception");
  }
  return decltype(function())();
}

std::unique_ptr<Device> (*open_exported)(const BoardAddress &address) = nullptr;

Device *open(const BoardAddress &address, Outcome &outcome) {
  return guarded(outcome, [&] { return open_exported(address).release(); });
}

Buffer *allocate(Device &device, const KernelDescriptor &kernel, int argument, std::size_t bytes,
                 Clock::time_point deadline, Outcome &outcome) {
  return guarded(outcome,
                 [&] { return device.allocate(kernel, argument, bytes, deadline).release(); });
}

Run *create_run(Device &device, const KernelDescriptor &kernel, Outcome &outcome) {
  return guarded(outcome, [&] { return device.create_run(kernel).release(); });
}

void close(Device &device, Outcome &outcome) {
  guarded(outcome, [&] { device.close(); });
}

void to_device(Buffer &buffer, std::size_t bytes, Clock::time_point deadline, Outcome &outcome) {
  guarded(outcome, [&] { buffer.to_device(bytes, deadline); });
}

void from_device(Buffer &buffer, std::size_t bytes, Clock::time_point deadline, Outcome &outcome) {
  guarded(outcome, [&] { buffer.from_device(bytes, deadline); });
}

void set_buffer(Run &run, int argument, Buffer &buffer, Outcome &outcome) {
  guarded(outcome, [&] { run.set(argument, buffer); });
}

void set_value(Run &run, int argument, std::int32_t value, Outcome &outcome) {
  guarded(outcome, [&] { run.set(argument, value); });
}

void start(Run &run, Outcome &outcome) {
  guarded(outcome, [&] { run.start(); });
}

RunState wait(Run &run, Clock::time_point deadline, Outcome &outcome) {
  return guarded(outcome, [&] { return run.wait(deadline); });
}

}  // namespace

DeviceTable exported_devices(std::unique_ptr<Device> (*open_device)(const BoardAddress &address)) {
  open_exported = open_device;
  return {FABRIQ_VERSION, open,       allocate,  create_run, close, to_device,
          from_device,    set_buffer, set_value, start,      wait};
}

}  // namespace fabriq
