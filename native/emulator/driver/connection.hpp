// SPDX-License-Identifier: Apache-2.0
#pragma once

// A connection of XRT with a device process, seen from the read() and write() calls that XRT makes:
// a request header, its body, then an answer header and its body. When the device fails, the rest
// is answered here.

#include <sys/uio.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "device_process.hpp"

namespace driver {

/// Where a listening socket is bound: PATH, and the NAME that its device process knows.
struct Listener {
  std::string path;
  std::string name;             // without "D2X_unix_sock_"
  bool to_host_memory = false;  // hw_emu's second socket, on which the device asks
};

/// The device process that the calling thread's last call went to, or nullptr.
std::shared_ptr<DeviceProcess> process_of_last_call();

/// Used by one thread at a time, as XRT's lock around a call makes sure; stop() by any.
class Connection {
 public:
  Connection(int descriptor, Listener listener);

  std::size_t read(void *to, std::size_t size);
  std::size_t write(const void *from, std::size_t size);

  /// Makes every later call fail, and the one in progress soon.
  void stop();

  /// From now on calls are answered here. \param what happened to the device process
  void fail(const std::string &what);

  const Listener &listener() const { return listener_; }
  int board() const { return board_; }

  /// Buffers that were asked for, less those that were freed.
  std::int64_t buffers() const { return buffers_; }

 private:
  std::size_t read_locally(void *to, std::size_t size);
  void send_all(iovec *parts, std::size_t count);
  bool note_request(const void *from, std::size_t size);  ///< True for a header.
  bool answers_here() const;
  std::string ending() const;

  const int descriptor_;
  const Listener listener_;
  const int board_;
  const bool spins_;  // waits for answers actively at first
  std::atomic<std::int64_t> buffers_{0};
  std::atomic<bool> stopped_{false};
  bool failed_ = false;

  std::uint32_t api_ = 0;
  std::vector<char> unsent_header_;  // goes out with its body, so that the device wakes once
  std::vector<char> request_;        // the first bytes of the body
  std::uint64_t request_left_ = 0;   // bytes of the body to come
  std::size_t answered_ = 0;         // bytes read of the answer in progress
  std::chrono::steady_clock::time_point deadline_;
};

class Connections {
 public:
  static Connections &instance();

  void opened(int descriptor, Listener listener, const std::string &failure);
  void closed(int descriptor);

  /// The connection on that descriptor, or nullptr if it is none.
  std::shared_ptr<Connection> find(int descriptor);

  void stop(int board);
  std::int64_t buffers(int board);

 private:
  std::mutex mutex_;
  std::map<int, std::shared_ptr<Connection>> connections_;
};

}  // namespace driver
