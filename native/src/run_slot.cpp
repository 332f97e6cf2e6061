// SPDX-License-Identifier: Apache-2.0
#include "run_slot.hpp"

#include <optional>

#include "fabriq/fabriq.h"

namespace fabriq {
namespace {

std::int64_t nanoseconds(Clock::duration duration) {
  return std::chrono::nanoseconds(duration).count();
}

std::int64_t nanoseconds_since(Clock::time_point begin) {
  return nanoseconds(Clock::now() - begin);
}

}  // namespace

bool RunSlot::holds(std::size_t a_bytes, std::size_t c_bytes) const {
  return a_ && c_ && a_->bytes() >= a_bytes && c_->bytes() >= kernel_.report + c_bytes;
}

void RunSlot::grow(Device &device, std::unique_ptr<Buffer> &buffer, int argument, std::size_t bytes,
                   Clock::time_point deadline) {
  if (!buffer || buffer->bytes() < bytes) {
    buffer.reset();
    buffer = device.allocate(*kernel_.descriptor, argument, bytes, deadline);
  }
  run_->set(argument, *buffer);
}

void RunSlot::start(Device &device, std::shared_ptr<const Resident> resident,
                    const MatrixRows &a_rows, const MatrixRows &c_rows, const std::uint8_t *a,
                    Clock::time_point entry, Clock::time_point deadline) {
  entry_ = entry;
  c_rows_ = c_rows;
  if (!run_) {
    run_ = device.create_run(*kernel_.descriptor);
  }
  grow(device, a_, kernel_.a, a_rows.device_bytes(), deadline);
  grow(device, c_, kernel_.c, kernel_.report + c_rows_.device_bytes(), deadline);
  resident->set_arguments(*run_);
  run_->set(kernel_.m, static_cast<std::int32_t>(a_rows.rows));
  resident_ = std::move(resident);

  const Clock::time_point begin = Clock::now();
  a_rows.pack(a, a_->host());
  const Clock::time_point packed = Clock::now();
  pack_ns_ = nanoseconds(packed - begin);
  if (!a_->is_host_memory()) {
    a_->to_device(a_rows.device_bytes(), deadline);
    host_to_device_ns_ = nanoseconds_since(packed);
  }
  run_->start();
  started_ = true;
}

void RunSlot::fetch(Clock::time_point deadline) {
  ended_ = Clock::now();
  c_->from_device(kernel_.report + c_rows_.device_bytes(), deadline);
}

void RunSlot::finish(std::uint8_t *c, std::int64_t *timing) const {
  std::optional<CallReport> report;
  if (kernel_.report != 0) {
    report = CallReport::read(c_->host());
    report->check();
  }
  c_rows_.unpack(c_->host() + kernel_.report, c);
  if (timing != nullptr) {
    const std::int64_t device_to_host_ns = nanoseconds_since(ended_);
    const RunTimes times = run_->times();
    const auto &cycles = report ? report->cycles : times.cycles;
    timing[FABRIQ_TIMING_PACK] = pack_ns_;
    timing[FABRIQ_TIMING_HOST_TO_DEVICE] = host_to_device_ns_;
    timing[FABRIQ_TIMING_LAUNCH] = times.launch_ns;
    timing[FABRIQ_TIMING_KERNEL] = times.kernel_ns;
    timing[FABRIQ_TIMING_DEVICE_TO_HOST] = device_to_host_ns;
    timing[FABRIQ_TIMING_CYCLES] = cycles[kBusyCycles];
    timing[FABRIQ_TIMING_COMPUTING_CYCLES] = cycles[kComputingCycles];
    timing[FABRIQ_TIMING_CYCLES_STALLED_ON_A] = cycles[kStalledOnA];
    timing[FABRIQ_TIMING_CYCLES_STALLED_ON_B] = cycles[kStalledOnB];
    timing[FABRIQ_TIMING_CYCLES_STALLED_ON_C] = cycles[kStalledOnC];
    timing[FABRIQ_TIMING_TOTAL] = nanoseconds_since(entry_);
  }
}

bool RunSlot::ended() noexcept {
  try {
    return !started_ || run_->wait(Clock::time_point::min()) != RunState::kPending;
  } catch (...) {
    return true;
  }
}

}  // namespace fabriq
