// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "api.hpp"
#include "fabriq/brief_spin.hpp"
#include "failure.hpp"
#include "local_answer.hpp"

namespace driver {
namespace {

constexpr std::size_t kKeptOfRequest = 64;
constexpr int kGraceMilliseconds = 100;
thread_local std::string last_socket;

/// In sw_emu threads of XRT that never sleep take the processors.
bool may_spin() {
  static const char *const mode = std::getenv("XCL_EMULATION_MODE");
  static const bool hardware = mode != nullptr && std::string_view(mode) == "hw_emu";
  return hardware;
}

/// \return poll's events, 0 when the time is over
short wait_for(int descriptor, short events, int milliseconds) {
  pollfd entry = {descriptor, events, 0};
  int ready = 0;
  do {
    ready = poll(&entry, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  return ready > 0 ? entry.revents : short{0};
}

int milliseconds_until(std::chrono::steady_clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count() + 1, 0, 1 << 30));
}

}  // namespace

Connection::Connection(int descriptor, Listener listener)
    : descriptor_(descriptor),
      listener_(std::move(listener)),
      board_(board_of(listener_.name)),
      spins_(!listener_.to_host_memory && may_spin()) {}

std::size_t Connection::write(const void *from, std::size_t size) {
  last_socket = listener_.name;
  if (note_request(from, size) && request_left_ > 0) {
    const auto *header = static_cast<const char *>(from);
    unsent_header_.assign(header, header + size);
    return size;
  }
  if (answers_here()) {
    unsent_header_.clear();
    return size;
  }
  if (size == 0 && unsent_header_.empty()) {
    return 0;  // The body of a request without one: the device may be gone by now, and may be so.
  }
  iovec parts[] = {{unsent_header_.data(), unsent_header_.size()},
                   {const_cast<void *>(from), size}};
  send_all(parts, std::size(parts));
  unsent_header_.clear();
  return size;
}

void Connection::send_all(iovec *parts, std::size_t count) {
  while (count > 0 && !failed_) {
    msghdr message = {};
    message.msg_iov = parts;
    message.msg_iovlen = count;
    ssize_t sent = sendmsg(descriptor_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EAGAIN) {
        if (wait_for(descriptor_, POLLOUT, milliseconds_until(deadline_)) == 0) {
          fail("did not take a request within " + std::to_string(call_timeout()) + " ms");
        }
      } else if (errno != EINTR) {
        fail(ending());
      }
      continue;
    }
    for (; count > 0 && static_cast<std::size_t>(sent) >= parts->iov_len; ++parts, --count) {
      sent -= static_cast<ssize_t>(parts->iov_len);
    }
    if (count > 0) {
      parts->iov_base = static_cast<char *>(parts->iov_base) + sent;
      parts->iov_len -= static_cast<std::size_t>(sent);
    }
  }
}

std::size_t Connection::read(void *to, std::size_t size) {
  std::size_t done = 0;
  while (done < size && !failed_ && !answers_here()) {
    ssize_t count = 0;
    const auto came = [&] {
      count = recv(descriptor_, static_cast<char *>(to) + done, size - done, MSG_DONTWAIT);
      return count >= 0 || errno != EAGAIN;
    };
    if (spins_ ? fabriq::brief_spin(came) : came()) {
      if (count > 0) {
        done += static_cast<std::size_t>(count);
      } else if (count == 0 || errno != EINTR) {
        fail(ending());
      }
      continue;
    }
    const int time = listener_.to_host_memory ? -1 : milliseconds_until(deadline_);
    if (wait_for(descriptor_, POLLIN, time) == 0) {
      fail("did not answer within " + std::to_string(call_timeout()) + " ms");
    }
  }
  if (done < size) {
    return read_locally(to, size);
  }
  answered_ += size;
  return size;
}

/// XRT asks for the messages of a simulator before each look at a run; there never are any.
bool Connection::answers_here() const {
  return !listener_.to_host_memory &&
         api_ == static_cast<std::uint32_t>(emulator::Api::kGetDebugMessages);
}

void Connection::stop() {
  stopped_ = true;
  shutdown(descriptor_, SHUT_RDWR);
}

void Connection::fail(const std::string &what) {
  failed_ = true;
  if (listener_.to_host_memory) {
    return;
  }
  const std::string call = api_ == 0 ? "" : std::string(" during ") + emulator::api_name(api_);
  report_failure(board_, stopped_ ? "the device process was stopped" + call
                                  : "the device process " + what + call);
  if (const auto process = DeviceProcesses::instance().find(listener_.name)) {
    process->end(0);
  }
}

std::string Connection::ending() const {
  const auto process = DeviceProcesses::instance().find(listener_.name);
  return process != nullptr && process->end(stopped_ ? 0 : kGraceMilliseconds)
             ? process->ending()
             : "closed the connection";
}

/// A header of the size that the body will have, or the body in place of the one that was
/// announced. On the socket to host memory: the request to close it.
std::size_t Connection::read_locally(void *to, std::size_t size) {
  const std::string_view request(request_.data(), request_.size());
  std::vector<std::uint8_t> bytes;
  if (listener_.to_host_memory) {
    std::uint8_t header[emulator::kRequestHeaderBytes];
    emulator::write_request_header({0, static_cast<std::uint32_t>(emulator::Api::kClose)}, header);
    bytes.assign(header, header + sizeof header);
  } else if (answered_ == 0) {
    std::uint8_t header[emulator::kAnswerHeaderBytes];
    emulator::write_answer_header(local_answer(api_, request).size(), header);
    bytes.assign(header, header + sizeof header);
  } else {
    bytes = local_answer(api_, request, size);
  }
  bytes.resize(size);
  std::memcpy(to, bytes.data(), size);
  answered_ += size;
  return size;
}

bool Connection::note_request(const void *from, std::size_t size) {
  const auto *bytes = static_cast<const char *>(from);
  std::uint8_t header[emulator::kRequestHeaderBytes];
  emulator::RequestHeader request;
  if (request_left_ == 0 && size == sizeof header) {
    std::memcpy(header, from, sizeof header);
    if (emulator::read_request_header(header, &request)) {
      api_ = request.api;
      buffers_ += api_ == static_cast<std::uint32_t>(emulator::Api::kAllocDeviceBuffer)  ? 1
                  : api_ == static_cast<std::uint32_t>(emulator::Api::kFreeDeviceBuffer) ? -1
                                                                                         : 0;
      request_left_ = request.body_bytes;
      request_.clear();
      answered_ = 0;
      deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(call_timeout());
      return true;
    }
  }
  const std::size_t kept = std::min(size, kKeptOfRequest - request_.size());
  request_.insert(request_.end(), bytes, bytes + kept);
  request_left_ -= std::min<std::uint64_t>(size, request_left_);
  return false;
}

std::shared_ptr<DeviceProcess> process_of_last_call() {
  return DeviceProcesses::instance().find(last_socket);
}

Connections &Connections::instance() {
  static Connections &all = *new Connections;
  return all;
}

void Connections::opened(int descriptor, Listener listener, const std::string &failure) {
  const auto connection = std::make_shared<Connection>(descriptor, std::move(listener));
  if (!failure.empty()) {
    connection->fail(failure);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  connections_[descriptor] = connection;
}

void Connections::closed(int descriptor) {
  const std::lock_guard<std::mutex> lock(mutex_);
  connections_.erase(descriptor);
}

std::shared_ptr<Connection> Connections::find(int descriptor) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = connections_.find(descriptor);
  return found == connections_.end() ? nullptr : found->second;
}

void Connections::stop(int board) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto &entry : connections_) {
    if (entry.second->board() == board) {
      entry.second->stop();
    }
  }
}

std::int64_t Connections::buffers(int board) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::int64_t sum = 0;
  for (const auto &entry : connections_) {
    sum += entry.second->board() == board ? entry.second->buffers() : 0;
  }
  return sum;
}

}  // namespace driver
