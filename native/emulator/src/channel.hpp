// SPDX-License-Identifier: Apache-2.0
#pragma once

// A connection to a host that listens on an AF_UNIX stream socket.

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "api.hpp"

namespace emulator {

/// The host has closed the connection, or ended.
class HostGone : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Request {
  std::uint32_t api = 0;
  std::vector<char> body;
};

class Channel {
 public:
  /// Connects, trying again until the host listens. Throws std::runtime_error when the time is
  /// over, the path is too long, or the parent process has ended.
  /// \param spins waits for a request actively at first, for a host whose threads sleep
  Channel(const std::string &path, std::chrono::milliseconds time, bool spins = false);
  ~Channel();
  Channel(const Channel &) = delete;
  Channel &operator=(const Channel &) = delete;

  /// Blocks. \return false when the host has closed the connection between two requests.
  /// Throws ProtocolError on a malformed frame, and on an end within one.
  bool receive(Request *request);

  /// Throws HostGone.
  void answer(const std::vector<std::uint8_t> &body);

  /// Sends a request header without a body. Throws HostGone.
  void request(Api api);

 private:
  void send_all(const std::uint8_t *bytes, std::size_t size);

  int socket_ = -1;
  bool spins_;
};

/// Where the host listens: /tmp/$USER/NAME, or /tmp/NAME without USER.
std::string socket_path(const std::string &name);

}  // namespace emulator
