// SPDX-License-Identifier: Apache-2.0

// XRT drops the last reference to a device in whichever thread holds it, often its scheduler's, so
// a closing may still be under way when the process opens the device again; both then work on the
// same object of the driver, and the process dies. Here an opening waits until the closing is done.
// FABRIQ_SHIM_OPEN and FABRIQ_SHIM_CLOSE are the names of the driver's methods.

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

#define JOIN(a, b) a##b
#define EXPAND(a, b) JOIN(a, b)
#define WRAPPED(name) EXPAND(__wrap_, name)
#define REAL(name) EXPAND(__real_, name)

extern "C" void REAL(FABRIQ_SHIM_OPEN)(void *shim, const char *log);
extern "C" void REAL(FABRIQ_SHIM_CLOSE)(void *shim);

namespace {

constexpr auto kLongestClosing = std::chrono::seconds(3);

/// How often each object is open. Lives for ever, as the scheduler may end after static objects.
class OpenShims {
 public:
  void open(void *shim) {
    std::unique_lock<std::mutex> lock(mutex_);
    closed_.wait_for(lock, kLongestClosing, [&] { return opened_[shim] == 0; });
    ++opened_[shim];
  }

  void closed(void *shim) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (--opened_[shim] <= 0) {
        opened_.erase(shim);
      }
    }
    closed_.notify_all();
  }

  static OpenShims &instance() {
    static OpenShims &all = *new OpenShims;
    return all;
  }

 private:
  std::mutex mutex_;
  std::condition_variable closed_;
  std::map<void *, int> opened_;
};

}  // namespace

extern "C" void WRAPPED(FABRIQ_SHIM_OPEN)(void *shim, const char *log) {
  OpenShims::instance().open(shim);
  REAL(FABRIQ_SHIM_OPEN)(shim, log);
}

extern "C" void WRAPPED(FABRIQ_SHIM_CLOSE)(void *shim) {
  REAL(FABRIQ_SHIM_CLOSE)(shim);
  OpenShims::instance().closed(shim);
}
