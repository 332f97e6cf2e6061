// SPDX-License-Identifier: Apache-2.0

// XRT listens, waits up to five minutes for the device process, and then reads and writes without
// an end: it spins when the process has died and blocks when it hangs. Here the wait ends when the
// process has, a socket that cannot be bound is a failure and not the end of this process, an
// accepted connection gets a time-out for each call (connection.hpp), and one that never came is
// replaced by one that answers itself. The socket's file goes as soon as it has done its work, and
// no other child of this process inherits the connection.

#include <poll.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "connection.hpp"
#include "failure.hpp"
#include "real_calls.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollMilliseconds = 1;

thread_local std::string failed_start;

constexpr char kToHostMemory[] = "D2X_unix_sock_";

/// Of both sockets of a device: the last part of the path, without the prefix of the second one.
std::string socket_name(const std::string &path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.rfind(kToHostMemory, 0) == 0 ? name.substr(sizeof kToHostMemory - 1) : name;
}

driver::Listener listener_of(int socket) {
  sockaddr_un address = {};
  socklen_t length = sizeof address - 1;
  driver::Listener listener;
  if (getsockname(socket, reinterpret_cast<sockaddr *>(&address), &length) == 0) {
    listener.path = address.sun_path;
    listener.name = socket_name(listener.path);
    listener.to_host_memory = listener.path.find(kToHostMemory) != std::string::npos;
  }
  return listener;
}

/// \return what keeps the device process from connecting; empty while it still may
std::string obstacle(const driver::Listener &listener, Clock::time_point deadline) {
  const auto process = driver::DeviceProcesses::instance().find(listener.name);
  if (process == nullptr) {
    driver::DeviceProcesses::instance().given_up(listener.name);
    return "was not started: the xclbin holds no simulator";
  }
  const std::string ending = process->ending();
  if (!ending.empty()) {
    return ending + " before it connected";
  }
  return Clock::now() < deadline
             ? ""
             : "did not connect within " + std::to_string(driver::call_timeout()) + " ms";
}

bool comes(int socket) {
  pollfd entry = {socket, POLLIN, 0};
  return poll(&entry, 1, kPollMilliseconds) > 0 && (entry.revents & POLLIN) != 0;
}

}  // namespace

extern "C" int __wrap_socket(int domain, int type, int protocol) {
  return __real_socket(domain, type | SOCK_CLOEXEC, protocol);
}

extern "C" int __wrap_bind(int socket, const sockaddr *address, socklen_t length) {
  // Another process may have removed the directory as it was empty.
  std::string folder = reinterpret_cast<const sockaddr_un *>(address)->sun_path;
  folder.resize(folder.rfind('/'));
  mkdir(folder.c_str(), 0700);
  if (__real_bind(socket, address, length) != 0) {
    const std::string path = reinterpret_cast<const sockaddr_un *>(address)->sun_path;
    const std::string reason = std::strerror(errno);
    driver::report_failure(driver::board_of(socket_name(path)),
                           "cannot listen at " + path + ": " + reason);
  }
  return 0;
}

extern "C" int __wrap_select(int count, fd_set *, fd_set *, fd_set *, timeval *time) {
  const int socket = count - 1;
  const driver::Listener listener = listener_of(socket);
  if (listener.to_host_memory) {
    const auto deadline = Clock::now() + std::chrono::seconds(time->tv_sec);
    while (!comes(socket)) {
      if (Clock::now() >= deadline || driver::DeviceProcesses::instance().over(listener.name)) {
        return 0;
      }
    }
    return 1;
  }
  const auto deadline = Clock::now() + std::chrono::milliseconds(driver::call_timeout());
  failed_start.clear();
  while (!comes(socket)) {
    failed_start = obstacle(listener, deadline);
    if (!failed_start.empty()) {
      break;
    }
  }
  return 1;
}

extern "C" int __wrap_accept(int socket, sockaddr *, socklen_t *) {
  driver::Listener listener = listener_of(socket);
  std::string failure;
  failure.swap(failed_start);
  int descriptor = -1;
  if (failure.empty() || listener.to_host_memory) {
    descriptor = accept4(socket, nullptr, nullptr, SOCK_CLOEXEC);
  } else {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
      descriptor = pair[0];
      __real_close(pair[1]);
    }
  }
  if (!listener.path.empty()) {
    unlink(listener.path.c_str());
  }
  if (descriptor >= 0) {
    driver::Connections::instance().opened(descriptor, std::move(listener), failure);
  }
  return descriptor;
}

extern "C" int __wrap_close(int descriptor) {
  driver::Connections::instance().closed(descriptor);
  return __real_close(descriptor);
}

extern "C" ssize_t __wrap_read(int descriptor, void *to, std::size_t size) {
  const auto connection = driver::Connections::instance().find(descriptor);
  return connection == nullptr ? __real_read(descriptor, to, size)
                               : static_cast<ssize_t>(connection->read(to, size));
}

extern "C" ssize_t __wrap_write(int descriptor, const void *from, std::size_t size) {
  const auto connection = driver::Connections::instance().find(descriptor);
  return connection == nullptr ? __real_write(descriptor, from, size)
                               : static_cast<ssize_t>(connection->write(from, size));
}
