// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <algorithm>

#include "error.hpp"

namespace fabriq {
namespace {

/// For the result of a run that ended just before its deadline, or that is only polled.
constexpr std::chrono::milliseconds kTransferTime(200);

[[noreturn]] void reject_poisoned(const char *what) {
  throw Error(FABRIQ_POISONED, std::string(what) +
                                   " after a run timed out or failed; call fabriq_device_reset, "
                                   "then submit again");
}

void check_no_runs(std::size_t runs) {
  if (runs != 0) {
    throw Error(FABRIQ_BUSY, std::to_string(runs) + (runs == 1 ? " run is" : " runs are") +
                                 " outstanding; wait and call fabriq_run_release first");
  }
}

/// Runs a part of a call that uses the device. If the device fails in it, the state of everything
/// on it is unknown.
template <typename Function>
void poison_on_failure(std::atomic<bool> &poisoned, Function function) {
  try {
    function();
  } catch (const Error &error) {
    if (error.status() == FABRIQ_DEVICE_FAILED || error.status() == FABRIQ_TIMEOUT) {
      poisoned = true;
    }
    throw;
  }
}

/// A and C of a call with m rows, which are checked.
struct CallMatrices {
  CallMatrices(const Resident &resident, std::int32_t m) {
    const RunKernel &kernel = resident.kernel();
    check_dimension(kernel, kernel.m, m);
    const auto rows = static_cast<std::size_t>(m);
    const std::size_t pitch = kernel.descriptor->row_pitch;
    a = MatrixRows::with_pitch(rows, resident.row_bytes_a(), pitch);
    c = MatrixRows::with_pitch(rows, resident.row_bytes_c(), pitch);
  }

  MatrixRows a;
  MatrixRows c;
};

}  // namespace

Session::Session(std::unique_ptr<ResettableDevice> device) : device_(std::move(device)) {
  for (int kernel = 0; kernel < kKernelCount; ++kernel) {
    slots_.emplace_back(run_kernel(kernel));
  }
}

Session::~Session() { device_->close(); }

RunSlots &Session::slots(const RunKernel &kernel) {
  return slots_[static_cast<std::size_t>(kernel.number)];
}

DeviceMemory Session::memory() {
  const std::shared_lock<std::shared_mutex> lock(use_);
  return device_->memory();
}

void Session::check_healthy() const {
  if (poisoned_) {
    reject_poisoned("the device is poisoned");
  }
}

template <typename Data, typename Request>
ResidentHandle *Session::hold(const Request &request) {
  const std::shared_lock<std::shared_mutex> lock(use_);
  check_healthy();
  std::shared_ptr<const Resident> resident;
  poison_on_failure(poisoned_, [&] { resident = std::make_shared<const Data>(*device_, request); });
  auto *handle = new ResidentHandle{*this, std::move(resident)};
  ++residents_;
  return handle;
}

ResidentHandle *Session::prepare(const WeightsRequest &request) {
  return hold<ResidentWeights>(request);
}

ResidentHandle *Session::prepare(const NetworkRequest &request) {
  return hold<ResidentNetwork>(request);
}

void Session::release(ResidentHandle *handle) {
  check_no_runs(static_cast<std::size_t>(handle->runs.load()));
  delete handle;
  --residents_;
}

void Session::run(ResidentHandle &handle, std::int32_t m, const std::uint8_t *a,
                  std::int64_t a_bytes, std::uint8_t *c, std::int64_t c_bytes,
                  Clock::time_point entry, Clock::time_point deadline, std::int64_t *timing) {
  const RunKernel &kernel = handle.resident->kernel();
  check_memory(kernel, kernel.c, c, c_bytes, CallMatrices(*handle.resident, m).c.dense_bytes());
  RunSlot &slot = submit(handle, m, a, a_bytes, entry, deadline);
  try {
    wait(slot, c, c_bytes, deadline, timing);
  } catch (...) {
    release(slot);
    throw;
  }
  release(slot);
}

RunSlot &Session::submit(ResidentHandle &handle, std::int32_t m, const std::uint8_t *a,
                         std::int64_t a_bytes, Clock::time_point entry,
                         Clock::time_point deadline) {
  const RunKernel &kernel = handle.resident->kernel();
  const CallMatrices matrices(*handle.resident, m);
  check_memory(kernel, kernel.a, a, a_bytes, matrices.a.dense_bytes());
  check_healthy();

  RunSlot &slot =
      slots(kernel).acquire(matrices.a.device_bytes(), matrices.c.device_bytes(), deadline);
  slot.lease.resident = &handle;
  slot.lease.claimed = false;
  ++handle.runs;
  try {
    const std::shared_lock<std::shared_mutex> lock(use_);
    check_healthy();
    slot.lease.generation = generation_;
    poison_on_failure(poisoned_, [&] {
      slot.start(*device_, handle.resident, matrices.a, matrices.c, a, entry, deadline);
    });
  } catch (...) {
    release(slot);
    throw;
  }
  return slot;
}

void Session::poison(const RunSlot &slot) {
  const std::shared_lock<std::shared_mutex> lock(use_);
  if (slot.lease.generation == generation_) {
    poisoned_ = true;
  }
}

void Session::await_end(RunSlot &slot, Clock::time_point deadline) {
  if (poisoned_ || slot.lease.generation != generation_) {
    reject_poisoned("the run was given up");
  }
  RunState state;
  try {
    state = slot.wait(deadline);
  } catch (...) {
    poison(slot);
    throw;
  }
  if (state == RunState::kDropped) {
    reject_poisoned("the run was given up");
  }
  if (state == RunState::kPending) {
    poison(slot);
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(slot.age());
    throw Error(FABRIQ_TIMEOUT,
                "the run has not ended after " + std::to_string(waited.count()) +
                    " ms, its deadline; the device is poisoned: reset it (fabriq_device_reset), "
                    "and give a longer timeout if the run was legitimate");
  }
}

void Session::take_result(RunSlot &slot, std::uint8_t *c, std::int64_t *timing,
                          Clock::time_point deadline) {
  const std::shared_lock<std::shared_mutex> lock(use_);
  if (slot.lease.generation != generation_) {
    reject_poisoned("the run was given up");
  }
  const Clock::time_point last = std::max(deadline, Clock::now() + kTransferTime);
  poison_on_failure(poisoned_, [&] { slot.fetch(last); });
  slot.finish(c, timing);
}

void Session::wait(RunSlot &slot, std::uint8_t *c, std::int64_t c_bytes, Clock::time_point deadline,
                   std::int64_t *timing) {
  const RunKernel &kernel = slot.kernel();
  check_memory(kernel, kernel.c, c, c_bytes, slot.c_bytes());
  if (slot.lease.claimed.exchange(true)) {
    throw Error(FABRIQ_INVALID_ARGUMENT,
                "the run's result was taken, or another thread waits for it; submit a new run");
  }
  try {
    await_end(slot, deadline);
    take_result(slot, c, timing, deadline);
  } catch (...) {
    slot.lease.claimed = false;
    throw;
  }
}

void Session::release(RunSlot &slot) {
  --slot.lease.resident->runs;
  slots(slot.kernel()).release(slot);
}

void Session::reset() {
  const std::unique_lock<std::shared_mutex> lock(use_);
  if (poisoned_) {
    device_->reset();
    ++generation_;
    poisoned_ = false;
  }
}

void Session::check_unused() const {
  std::size_t runs = 0;
  for (const RunSlots &slots : slots_) {
    runs += slots.in_use();
  }
  check_no_runs(runs);
  if (residents_ != 0) {
    throw Error(FABRIQ_BUSY, std::to_string(residents_.load()) +
                                 " weights or networks are not released; call "
                                 "fabriq_weights_release or fabriq_network_release first");
  }
}

}  // namespace fabriq
