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

/// The text of a board's failure; empty if there is none.
std::string failure_of(int board) {
  static std::atomic<int (*)(int, char *, std::size_t)> known{nullptr};
  const auto failure = driver_function(known, "fabriq_emulation_failure");
  char text[400] = "";
  if (failure != nullptr) {
    failure(board, text, sizeof text);
  }
  return text;
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
      for (EmulationWatch *watch : watches_) {
        if (!watch->expired_ && watch->deadline_ <= Clock::now()) {
          watch->expired_ = true;
          watch->driver_->stop();
        }
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<EmulationWatch *> watches_;  // few: one per thread that is in a call
  Clock::time_point wake_ = Clock::time_point::min();
};

EmulationDriver::EmulationDriver(unsigned board) : board_(static_cast<int>(board)) {
  static std::atomic<void (*)(int)> known{nullptr};
  if (const auto forget = driver_function(known, "fabriq_emulation_forget")) {
    forget(board_);
  }
}

bool EmulationDriver::failed() const { return !failure_of(board_).empty(); }

void EmulationDriver::stop() const {
  static std::atomic<void (*)(int)> known{nullptr};
  if (const auto stop = driver_function(known, "fabriq_emulation_stop")) {
    stop(board_);
  }
}

void EmulationDriver::throw_failure(const std::string &action, bool late) const {
  throw Error(late ? FABRIQ_TIMEOUT : FABRIQ_DEVICE_FAILED,
              action + (late ? " did not end by its deadline" : " failed: " + failure_of(board_)) +
                  "; reset the device (fabriq_device_reset)");
}

EmulationWatch::EmulationWatch(const EmulationDriver *driver, Clock::time_point deadline)
    : driver_(driver), deadline_(deadline), watching_(driver != nullptr) {
  if (watching_) {
    Watchman::instance().add(*this);
  }
}

bool EmulationWatch::finish() {
  if (watching_) {
    Watchman::instance().remove(*this);
    watching_ = false;
  }
  return expired_;
}

}  // namespace fabriq
