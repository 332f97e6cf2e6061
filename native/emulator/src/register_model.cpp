// SPDX-License-Identifier: Apache-2.0
#include "register_model.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "wire.hpp"

namespace emulator {
namespace {

constexpr auto kPatience = std::chrono::microseconds(50);

constexpr std::uint32_t kCounterBytes = 8 * fabriq::kCycleCounters;

}  // namespace

RegisterModel::RegisterModel(const fabriq::KernelLibrary &library, int kernel, DeviceMemory &memory,
                             CycleModel cycles)
    : library_(library),
      kernel_(kernel),
      descriptor_(*library.descriptor(kernel)),
      chained_(std::strcmp(descriptor_.control, "ap_ctrl_chain") == 0),
      memory_(memory),
      cycles_(descriptor_.cycle_counters == 0 ? nullptr : cycles),
      registers_(descriptor_) {
  thread_ = std::thread([this] { serve(); });
}

RegisterModel::~RegisterModel() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void RegisterModel::write_register(std::uint32_t offset, std::uint32_t value) {
  if (offset == 0) {
    control(value);
  } else {
    registers_.write(offset, value);
  }
}

std::uint32_t RegisterModel::read_register(std::uint32_t offset) {
  if (offset == 0) {
    return status();
  }
  const std::uint32_t at = offset - descriptor_.cycle_counters;
  if (descriptor_.cycle_counters != 0 && at < kCounterBytes) {
    return static_cast<std::uint32_t>(counter(at / 8) >> (at % 8 == 0 ? 0 : 32));
  }
  return registers_.read(offset);
}

void RegisterModel::advance(std::uint64_t cycles) {
  if (!running_) {
    return;
  }
  elapsed_ = std::min(elapsed_ + cycles, cost_[fabriq::kBusyCycles]);
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, kPatience, [this] { return work_ == Work::kEnded; });
  if (work_ == Work::kEnded && elapsed_ == cost_[fabriq::kBusyCycles]) {
    work_ = Work::kNone;
    running_ = false;
    completed_ = started_;
    done_ = true;
    ready_ = true;
    if (failure_ != nullptr) {
      throw ProtocolError(std::string(descriptor_.name) + ": " + failure_);
    }
  }
}

std::uint64_t RegisterModel::counter(std::uint32_t index) const {
  return index == fabriq::kBusyCycles ? elapsed_ : running_ ? 0 : cost_[index];
}

void RegisterModel::control(std::uint32_t value) {
  if (chained_ && (value & kContinue) != 0) {
    done_ = false;
  }
  if ((value & kStart) != 0 && !running_) {
    start();
  }
}

std::uint32_t RegisterModel::status() {
  if (running_) {
    return kStart;
  }
  const std::uint32_t value = kIdle | (done_ ? kDone : 0u) | (ready_ ? kReady : 0u);
  ready_ = false;
  if (!chained_) {
    done_ = false;
  }
  return value;
}

void RegisterModel::start() {
  const std::vector<std::uint64_t> values = registers_.values();
  cost_ = cycles_ == nullptr ? RunCycles{} : cycles_(descriptor_, values, completed_);
  started_ = values;
  elapsed_ = 0;
  done_ = false;
  ready_ = false;
  running_ = true;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    job_ = values;
    for (int i = 0; i < descriptor_.argument_count; ++i) {
      if (descriptor_.arguments[i].kind == fabriq::ArgumentKind::kPointer) {
        job_[static_cast<std::size_t>(i)] = reinterpret_cast<std::uintptr_t>(
            memory_.at(values[static_cast<std::size_t>(i)], descriptor_.row_pitch));
      }
    }
    work_ = Work::kWaiting;
  }
  changed_.notify_all();
}

void RegisterModel::serve() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return closing_ || work_ == Work::kWaiting; });
    if (work_ != Work::kWaiting) {
      return;
    }
    work_ = Work::kRunning;
    lock.unlock();
    const char *failure = library_.run(kernel_, job_.data());
    lock.lock();
    failure_ = failure;
    work_ = Work::kEnded;
    changed_.notify_all();
  }
}

}  // namespace emulator
