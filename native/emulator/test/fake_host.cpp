// SPDX-License-Identifier: Apache-2.0
#include "fake_host.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace emulator_test {
namespace {

constexpr char kSocket[] = "device0_0_1";
constexpr int kMilliseconds = 10000;

int listen_at(const std::string &path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
      listen(listener, 1) != 0) {
    throw std::runtime_error("cannot listen at " + path);
  }
  return listener;
}

void wait_for_input(int descriptor) {
  pollfd entry = {descriptor, POLLIN, 0};
  if (poll(&entry, 1, kMilliseconds) <= 0) {
    throw std::runtime_error("the emulator sends nothing");
  }
}

int accept_one(int listener) {
  wait_for_input(listener);
  const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  close(listener);
  return connection;
}

std::vector<char> receive_all(int descriptor, std::size_t size) {
  std::vector<char> bytes(size);
  std::size_t done = 0;
  while (done < size) {
    wait_for_input(descriptor);
    const ssize_t count = recv(descriptor, bytes.data() + done, size - done, 0);
    if (count <= 0) {
      throw std::runtime_error("the emulator has ended the connection");
    }
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

}  // namespace

PrivateFolder::PrivateFolder() : path_("/tmp/fabriq-emulator-XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) {
    throw std::runtime_error("cannot make a folder in /tmp");
  }
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

FakeHost::FakeHost(const std::string &emulator, const std::string &metadata) {
  const std::string &folder = folder_.path();
  const bool hardware = !metadata.empty();
  std::ofstream(folder + "/embedded_metadata.xml") << metadata;
  const int listener = listen_at(folder + "/" + kSocket);
  const int second = hardware ? listen_at(folder + "/D2X_unix_sock_" + kSocket) : -1;

  process_ = fork();
  if (process_ == 0) {
    const std::string user = folder.substr(std::strlen("/tmp/"));
    setenv("USER", user.c_str(), 1);
    setenv("EMULATION_SOCKETID", kSocket, 1);
    if (chdir(folder.c_str()) == 0) {
      execl(emulator.c_str(), emulator.c_str(), hardware ? "--hw" : nullptr, nullptr);
    }
    _exit(127);
  }
  to_host_memory_ = hardware ? accept_one(second) : -1;
  connection_ = accept_one(listener);
}

FakeHost::~FakeHost() {
  hang_up();
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
}

Answer FakeHost::call(Api api, const MessageWriter &request) {
  const std::vector<std::uint8_t> &body = request.message();
  std::uint8_t header[emulator::kRequestHeaderBytes];
  emulator::write_request_header({body.size(), static_cast<std::uint32_t>(api)}, header);
  send(std::string_view(reinterpret_cast<const char *>(header), sizeof header));
  send(std::string_view(reinterpret_cast<const char *>(body.data()), body.size()));

  const std::vector<char> bytes = receive(emulator::kAnswerHeaderBytes);
  std::uint8_t answer[emulator::kAnswerHeaderBytes];
  std::memcpy(answer, bytes.data(), sizeof answer);
  std::uint64_t size = 0;
  if (!emulator::read_answer_header(answer, &size)) {
    throw std::runtime_error("malformed answer header");
  }
  return Answer(receive(static_cast<std::size_t>(size)));
}

void FakeHost::send(std::string_view bytes) {
  if (::send(connection_, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("the emulator takes nothing");
  }
}

std::vector<char> FakeHost::receive(std::size_t size) { return receive_all(connection_, size); }

std::vector<char> FakeHost::receive_from_device(std::size_t size) {
  return receive_all(to_host_memory_, size);
}

void FakeHost::hang_up() {
  for (int *descriptor : {&connection_, &to_host_memory_}) {
    if (*descriptor >= 0) {
      close(*descriptor);
      *descriptor = -1;
    }
  }
}

int FakeHost::wait_for_end() {
  for (int i = 0; i < kMilliseconds; ++i) {
    int status = 0;
    if (waitpid(process_, &status, WNOHANG) == process_) {
      process_ = -1;
      return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  throw std::runtime_error("the emulator does not end");
}

}  // namespace emulator_test
