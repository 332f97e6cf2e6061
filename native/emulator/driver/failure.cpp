// SPDX-License-Identifier: Apache-2.0
#include "failure.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>

#include "connection.hpp"
#include "device_process.hpp"
#include "emulation_driver.h"

namespace driver {
namespace {

constexpr int kDefaultTimeout = 5000;

std::mutex mutex;
std::map<int, std::string> failures;  // the first of each board

/// Of calls that do not tell their board: they are made by the thread that opens it.
thread_local std::string unclaimed;

std::atomic<int> &timeout() {
  static std::atomic<int> milliseconds([] {
    const char *text = std::getenv("FABRIQ_EMULATION_TIMEOUT_MS");
    const long value = text == nullptr ? 0 : std::strtol(text, nullptr, 10);
    return value >= 1 && value <= 86400000 ? static_cast<int>(value) : kDefaultTimeout;
  }());
  return milliseconds;
}

}  // namespace

int board_of(const std::string &socket) {
  constexpr std::size_t kMostDigits = 4;
  const std::string prefix = "device";
  std::size_t end = prefix.size();
  while (end < socket.size() && std::isdigit(static_cast<unsigned char>(socket[end])) != 0) {
    ++end;
  }
  const std::size_t digits = end - std::min(end, prefix.size());
  const bool named = socket.compare(0, prefix.size(), prefix) == 0 && digits > 0 &&
                     digits <= kMostDigits && end < socket.size() && socket[end] == '_';
  return named ? std::stoi(socket.substr(prefix.size(), digits)) : -1;
}

void report_failure(int board, const std::string &text) {
  if (board < 0) {
    unclaimed = unclaimed.empty() ? text : unclaimed;
    return;
  }
  const std::lock_guard<std::mutex> lock(mutex);
  failures.emplace(board, text);
}

int call_timeout() { return timeout(); }

}  // namespace driver

#define EXPORTED __attribute__((visibility("default")))

EXPORTED int fabriq_emulation_failure(int board, char *text, size_t size) {
  const std::lock_guard<std::mutex> lock(driver::mutex);
  if (!driver::unclaimed.empty()) {
    driver::failures.emplace(board, std::move(driver::unclaimed));
    driver::unclaimed.clear();
  }
  const auto failure = driver::failures.find(board);
  if (failure == driver::failures.end()) {
    return 0;
  }
  if (size > 0) {
    std::snprintf(text, size, "%s", failure->second.c_str());
  }
  return 1;
}

EXPORTED void fabriq_emulation_forget(int board) {
  const std::lock_guard<std::mutex> lock(driver::mutex);
  driver::unclaimed.clear();
  driver::failures.erase(board);
}

EXPORTED void fabriq_emulation_set_timeout_ms(int milliseconds) {
  driver::timeout() = std::max(milliseconds, 1);
}

EXPORTED void fabriq_emulation_stop(int board) { driver::Connections::instance().stop(board); }

EXPORTED int fabriq_emulation_process(int board) {
  const auto process = driver::DeviceProcesses::instance().latest(board);
  return process != nullptr && process->ending().empty() ? process->id() : 0;
}

EXPORTED int64_t fabriq_emulation_buffers(int board) {
  return driver::Connections::instance().buffers(board);
}
