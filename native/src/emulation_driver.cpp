// SPDX-License-Identifier: Apache-2.0
#include "emulation_driver.hpp"

#include <dlfcn.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "error.hpp"

namespace fabriq {
namespace {

/// A function of the driver, which is loaded when XRT opens its first device; nullptr before.
template <typename Function>
Function driver_function(std::atomic<Function> &known, const char *name) {
  Function function = known.load(std::memory_order_acquire);
  if (function == nullptr) {
    function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
    known.store(function, std::memory_order_release);
  }
  return function;
}

struct Failures {
  std::mutex mutex;
  std::atomic<std::uint64_t> count{0};
  std::string text;
};

Failures &collected() {
  static auto *const failures = new Failures;
  return *failures;
}

}  // namespace

/// One thread that sleeps until the earliest deadline it knew of; so a deadline that is later than
/// the last earliest, which is usual, wakes no one. Lives for ever.
class Watchman {
 public:
  static Watchman &instance() {
    static auto *const watchman = new Watchman;
    return *watchman;
  }

  void add(EmulationWatch &watch) {
    const std::lock_guard<std::mutex> lock(mutex_);
    watches_.insert(&watch);
    if (watch.deadline_ < wake_) {
      changed_.notify_one();
    }
  }

  void remove(EmulationWatch &watch) {
    const std::lock_guard<std::mutex> lock(mutex_);
    watches_.erase(&watch);
  }

 private:
  Watchman() {
    std::thread([this] { watch(); }).detach();
  }

  Clock::time_point earliest() const {
    Clock::time_point time = Clock::now() + std::chrono::hours(1);
    for (const EmulationWatch *watch : watches_) {
      if (!watch->expired_ && watch->deadline_ < time) {
        time = watch->deadline_;
      }
    }
    return time;
  }

  void watch() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      wake_ = earliest();
      changed_.wait_until(lock, wake_);
      bool stop = false;
      for (EmulationWatch *watch : watches_) {
        if (!watch->expired_ && watch->deadline_ <= Clock::now()) {
          watch->expired_ = true;
          stop = true;
        }
      }
      if (stop) {
        EmulationDriver::stop();
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<EmulationWatch *> watches_;  // few: one per thread that is in a call
  Clock::time_point wake_ = Clock::time_point::min();
};

std::uint64_t EmulationDriver::failures() {
  static std::atomic<const char *(*)()> known{nullptr};
  const auto failure = driver_function(known, "fabriq_emulation_failure");
  Failures &all = collected();
  if (failure != nullptr) {
    if (const char *text = failure()) {
      const std::lock_guard<std::mutex> lock(all.mutex);
      all.text = text;
      ++all.count;
    }
  }
  return all.count;
}

std::string EmulationDriver::failure_text() {
  Failures &all = collected();
  const std::lock_guard<std::mutex> lock(all.mutex);
  return all.text;
}

void EmulationDriver::stop() {
  static std::atomic<void (*)()> known{nullptr};
  if (const auto stop = driver_function(known, "fabriq_emulation_stop")) {
    stop();
  }
}

void throw_emulation_failure(const std::string &action, bool late) {
  throw Error(
      late ? FABRIQ_TIMEOUT : FABRIQ_DEVICE_FAILED,
      action +
          (late ? " did not end by its deadline" : " failed: " + EmulationDriver::failure_text()) +
          "; reset the device (fabriq_device_reset)");
}

EmulationWatch::EmulationWatch(Clock::time_point deadline) : deadline_(deadline) {
  Watchman::instance().add(*this);
}

bool EmulationWatch::finish() {
  if (watching_) {
    Watchman::instance().remove(*this);
    watching_ = false;
  }
  return expired_;
}

}  // namespace fabriq
