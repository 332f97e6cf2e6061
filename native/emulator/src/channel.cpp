// SPDX-License-Identifier: Apache-2.0
#include "channel.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "fabriq/brief_spin.hpp"
#include "wire.hpp"

namespace emulator {
namespace {

constexpr std::uint64_t kMaximumBody = std::uint64_t{1} << 30;
constexpr auto kRetryInterval = std::chrono::microseconds(200);

std::runtime_error failure(const std::string &what) {
  return std::runtime_error(what + ": " + std::strerror(errno));
}

/// \return bytes read, fewer than `size` only at the end of the stream
std::size_t read_all(int socket, bool spins, void *to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    ssize_t count = 0;
    const auto receive = [&](int flags) {
      count = recv(socket, static_cast<char *>(to) + done, size - done, flags);
      return count >= 0 || errno != EAGAIN;
    };
    if (!spins || !fabriq::brief_spin([&] { return receive(MSG_DONTWAIT); })) {
      receive(0);
    }
    if (count > 0) {
      done += static_cast<std::size_t>(count);
    } else if (count == 0 || errno == ECONNRESET) {
      break;
    } else if (errno != EINTR) {
      throw failure("cannot read from the host");
    }
  }
  return done;
}

}  // namespace

Channel::Channel(const std::string &path, std::chrono::milliseconds time, bool spins)
    : spins_(spins) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    throw std::runtime_error("the socket path has " + std::to_string(path.size()) +
                             " characters, more than " +
                             std::to_string(sizeof address.sun_path - 1) + ": " + path);
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);

  const pid_t parent = getppid();
  const auto deadline = std::chrono::steady_clock::now() + time;
  for (;;) {
    socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0) {
      throw failure("cannot make a socket");
    }
    if (connect(socket_, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
      return;
    }
    const std::runtime_error reason = failure("no host listens at " + path);
    close(socket_);
    if (std::chrono::steady_clock::now() > deadline || getppid() != parent) {
      throw reason;
    }
    std::this_thread::sleep_for(kRetryInterval);
  }
}

Channel::~Channel() { close(socket_); }

bool Channel::receive(Request *request) {
  std::uint8_t bytes[kRequestHeaderBytes];
  const std::size_t count = read_all(socket_, spins_, bytes, sizeof bytes);
  if (count == 0) {
    return false;
  }
  RequestHeader header;
  if (count < sizeof bytes || !read_request_header(bytes, &header)) {
    throw ProtocolError("malformed request header");
  }
  if (header.body_bytes > kMaximumBody) {
    throw ProtocolError("a request of " + std::to_string(header.body_bytes) +
                        " bytes is larger than " + std::to_string(kMaximumBody));
  }
  request->api = header.api;
  request->body.resize(static_cast<std::size_t>(header.body_bytes));
  if (read_all(socket_, spins_, request->body.data(), request->body.size()) <
      request->body.size()) {
    throw ProtocolError("the connection ended within a request");
  }
  return true;
}

void Channel::answer(const std::vector<std::uint8_t> &body) {
  std::uint8_t header[kAnswerHeaderBytes];
  write_answer_header(body.size(), header);
  std::vector<std::uint8_t> frame(header, header + sizeof header);
  frame.insert(frame.end(), body.begin(), body.end());
  send_all(frame.data(), frame.size());
}

void Channel::request(Api api) {
  std::uint8_t header[kRequestHeaderBytes];
  write_request_header({0, static_cast<std::uint32_t>(api)}, header);
  send_all(header, sizeof header);
}

void Channel::send_all(const std::uint8_t *bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t count = send(socket_, bytes, size, MSG_NOSIGNAL);
    if (count >= 0) {
      bytes += count;
      size -= static_cast<std::size_t>(count);
    } else if (errno == EPIPE || errno == ECONNRESET) {
      throw HostGone("the host has gone");
    } else if (errno != EINTR) {
      throw failure("cannot answer the host");
    }
  }
}

std::string socket_path(const std::string &name) {
  const char *user = std::getenv("USER");
  return user == nullptr ? "/tmp/" + name : "/tmp/" + std::string(user) + "/" + name;
}

}  // namespace emulator
