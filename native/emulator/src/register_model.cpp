// SPDX-License-Identifier: Apache-2.0
#include "register_model.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "wire.hpp"

namespace emulator {
namespace {

constexpr std::uint32_t kRegisterBytes = 256;
constexpr std::uint32_t kFirstArgument = 0x10;
constexpr auto kPatience = std::chrono::microseconds(50);

constexpr std::uint32_t kCounterBytes = 8 * fabriq::kCycleCounters;

std::uint32_t limit_of(const fabriq::KernelDescriptor &kernel, const char *argument) {
  const struct {
    const char *name;
    std::int32_t limit;
  } limits[] = {{"m", kernel.limits.m}, {"k", kernel.limits.k}, {"n", kernel.limits.n}};
  for (const auto &entry : limits) {
    if (std::strcmp(entry.name, argument) == 0) {
      return static_cast<std::uint32_t>(entry.limit);
    }
  }
  return 0;
}

/// Throws ProtocolError if the value is none that the argument of that name may have.
void check_argument(const fabriq::KernelDescriptor &kernel, const char *name, std::uint64_t value) {
  const std::uint32_t limit = limit_of(kernel, name);
  std::string allowed;
  if (limit != 0 && (value == 0 || value > limit)) {
    allowed = "1 to " + std::to_string(limit);
  } else if (std::strcmp(name, "b_bits") == 0 && value != 8 && value != 4 && value != 2) {
    allowed = "8, 4, 2";
  }
  if (!allowed.empty()) {
    throw ProtocolError(std::string(kernel.name) + ": " + name + " = " + std::to_string(value) +
                        " is outside " + allowed);
  }
}

}  // namespace

RegisterModel::RegisterModel(const fabriq::KernelLibrary &library, int kernel, DeviceMemory &memory,
                             CycleModel cycles)
    : library_(library),
      kernel_(kernel),
      descriptor_(*library.descriptor(kernel)),
      chained_(std::strcmp(descriptor_.control, "ap_ctrl_chain") == 0),
      memory_(memory),
      cycles_(cycles),
      registers_(kRegisterBytes / 4) {
  for (int i = 0; i < descriptor_.argument_count; ++i) {
    const fabriq::KernelArgument &argument = descriptor_.arguments[i];
    if (argument.offset < kFirstArgument || argument.offset % 4 != 0 ||
        argument.offset > kRegisterBytes - 8) {
      throw std::runtime_error(std::string(descriptor_.name) + ": the offset " +
                               std::to_string(argument.offset) + " of " + argument.name +
                               " is outside 16 to " + std::to_string(kRegisterBytes - 8));
    }
  }
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
  } else if (offset < kRegisterBytes) {
    registers_[offset / 4] = value;
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
  return offset < kRegisterBytes ? registers_[offset / 4] : 0;
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
    done_ = true;
    ready_ = true;
    if (failure_ != nullptr) {
      throw ProtocolError(std::string(descriptor_.name) + ": " + failure_);
    }
  }
}

std::uint64_t RegisterModel::run_cycles() const { return elapsed_; }

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
  const std::vector<std::uint64_t> values = arguments();
  cost_ = cycles_ == nullptr ? RunCycles{} : cycles_(descriptor_, values);
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

std::vector<std::uint64_t> RegisterModel::arguments() const {
  std::vector<std::uint64_t> values;
  for (int i = 0; i < descriptor_.argument_count; ++i) {
    const fabriq::KernelArgument &argument = descriptor_.arguments[i];
    std::uint64_t value = registers_[argument.offset / 4];
    if (argument.kind == fabriq::ArgumentKind::kPointer) {
      value |= static_cast<std::uint64_t>(registers_[argument.offset / 4 + 1]) << 32;
      if (value % descriptor_.row_pitch != 0) {
        throw ProtocolError(std::string(descriptor_.name) + ": " + argument.name + " = " +
                            std::to_string(value) + " is not a multiple of " +
                            std::to_string(descriptor_.row_pitch));
      }
    }
    check_argument(descriptor_, argument.name, value);
    values.push_back(value);
  }
  return values;
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
