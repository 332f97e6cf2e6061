// SPDX-License-Identifier: Apache-2.0
#pragma once

// The device processes that this process has started, by the socket name that XRT gave each.

#include <sys/types.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace driver {

/// A device process from fork() to its reaping. Thread-safe.
class DeviceProcess {
 public:
  explicit DeviceProcess(pid_t id) : id_(id) {}

  pid_t id() const { return id_; }

  /// How it ended, "was killed by signal 9"; empty while it runs. Reaps it.
  std::string ending();

  /// Waits for its end for a while and kills it, and what it has started, if it does not come.
  /// \return whether it ended by itself
  bool end(int milliseconds);

 private:
  const pid_t id_;
  std::mutex mutex_;
  bool ended_ = false;
  int status_ = 0;
};

/// All processes. They are few: one per load of an xclbin.
class DeviceProcesses {
 public:
  static DeviceProcesses &instance();

  /// \param socket the name of the socket that the process connects to
  void started(const std::string &socket, pid_t id);

  /// No process will come for that socket.
  void given_up(const std::string &socket);

  /// The process of that socket, or nullptr if none was started.
  std::shared_ptr<DeviceProcess> find(const std::string &socket);

  /// Whether the process of that socket has ended, or was given up.
  bool over(const std::string &socket);

  /// The one that was started last for a board, or nullptr.
  std::shared_ptr<DeviceProcess> latest(int board);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<DeviceProcess>> processes_;
  std::map<int, std::shared_ptr<DeviceProcess>> latest_;  // by board
};

}  // namespace driver
