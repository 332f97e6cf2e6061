// SPDX-License-Identifier: Apache-2.0
#include "device_process.hpp"

#include <sys/wait.h>

#include <chrono>
#include <thread>

#include "failure.hpp"
#include "real_calls.hpp"

namespace driver {
namespace {

constexpr int kReapMilliseconds = 200;
constexpr auto kPollInterval = std::chrono::microseconds(500);

}  // namespace

std::string DeviceProcess::ending() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!ended_) {
    const pid_t reaped = __real_waitpid(id_, &status_, WNOHANG);
    ended_ = reaped != 0;
    if (reaped < 0) {
      status_ = 0;
    }
  }
  if (!ended_) {
    return {};
  }
  return WIFSIGNALED(status_) ? "was killed by signal " + std::to_string(WTERMSIG(status_))
                              : "ended with status " + std::to_string(WEXITSTATUS(status_));
}

bool DeviceProcess::end(int milliseconds) {
  using Clock = std::chrono::steady_clock;
  auto deadline = Clock::now() + std::chrono::milliseconds(milliseconds);
  bool killed = false;
  while (ending().empty()) {
    if (Clock::now() >= deadline) {
      if (killed) {
        break;
      }
      __real_kill(-id_, SIGKILL);
      __real_kill(id_, SIGKILL);
      killed = true;
      deadline = Clock::now() + std::chrono::milliseconds(kReapMilliseconds);
    }
    std::this_thread::sleep_for(kPollInterval);
  }
  return !killed;
}

DeviceProcesses &DeviceProcesses::instance() {
  static DeviceProcesses &all = *new DeviceProcesses;
  return all;
}

void DeviceProcesses::started(const std::string &socket, pid_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto process = std::make_shared<DeviceProcess>(id);
  processes_[socket] = process;
  latest_[board_of(socket)] = process;
}

void DeviceProcesses::given_up(const std::string &socket) {
  const std::lock_guard<std::mutex> lock(mutex_);
  processes_.emplace(socket, nullptr);
}

std::shared_ptr<DeviceProcess> DeviceProcesses::find(const std::string &socket) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = processes_.find(socket);
  return found == processes_.end() ? nullptr : found->second;
}

bool DeviceProcesses::over(const std::string &socket) {
  std::shared_ptr<DeviceProcess> process;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = processes_.find(socket);
    if (found == processes_.end()) {
      return false;
    }
    process = found->second;
  }
  return process == nullptr || !process->ending().empty();
}

std::shared_ptr<DeviceProcess> DeviceProcesses::latest(int board) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = latest_.find(board);
  return found == latest_.end() ? nullptr : found->second;
}

}  // namespace driver
