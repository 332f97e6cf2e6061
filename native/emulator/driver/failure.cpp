// SPDX-License-Identifier: Apache-2.0
#include "failure.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>

#include "connection.hpp"
#include "device_process.hpp"
#include "emulation_driver.h"

namespace driver {
namespace {

constexpr int kDefaultTimeout = 5000;

std::mutex mutex;
std::string first_failure;

std::atomic<int> &timeout() {
  static std::atomic<int> milliseconds([] {
    const char *text = std::getenv("FABRIQ_EMULATION_TIMEOUT_MS");
    const long value = text == nullptr ? 0 : std::strtol(text, nullptr, 10);
    return value >= 1 && value <= 86400000 ? static_cast<int>(value) : kDefaultTimeout;
  }());
  return milliseconds;
}

}  // namespace

void report_failure(const std::string &text) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (first_failure.empty()) {
    first_failure = text;
  }
}

int call_timeout() { return timeout(); }

}  // namespace driver

#define EXPORTED __attribute__((visibility("default")))

EXPORTED const char *fabriq_emulation_failure(void) {
  thread_local std::string told;
  const std::lock_guard<std::mutex> lock(driver::mutex);
  told.swap(driver::first_failure);
  driver::first_failure.clear();
  return told.empty() ? nullptr : told.c_str();
}

EXPORTED void fabriq_emulation_set_timeout_ms(int milliseconds) {
  driver::timeout() = std::max(milliseconds, 1);
}

EXPORTED void fabriq_emulation_stop(void) { driver::Connections::instance().stop_all(); }

EXPORTED int fabriq_emulation_process(void) {
  const auto process = driver::DeviceProcesses::instance().latest();
  return process != nullptr && process->ending().empty() ? process->id() : 0;
}
