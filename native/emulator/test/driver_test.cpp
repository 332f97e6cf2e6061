// SPDX-License-Identifier: Apache-2.0

// Calls the redirected functions as XRT's drivers do, without XRT: this program is linked with the
// same --wrap options, and it is its own device process (`driver_test device BEHAVIOUR`).

#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "../../test/elapsed.hpp"
#include "../driver/emulation_driver.h"
#include "../driver/local_answer.hpp"
#include "channel.hpp"
#include "wire.hpp"

using emulator::Api;
using emulator::Message;
using emulator::MessageWriter;

namespace {

std::string program;

constexpr int kBoard = 3;

/// Of a board, which then is as new.
std::string failure(int board = kBoard) {
  char text[500] = "";
  const bool failed = fabriq_emulation_failure(board, text, sizeof text) != 0;
  CHECK_EQUAL(failed, *text != '\0');
  fabriq_emulation_forget(board);
  return text;
}

/// What XRT does from load_xclbin on.
class Xrt {
 public:
  explicit Xrt(const char *behaviour, int board = kBoard) {
    static int count = 0;
    const std::string name = "device" + std::to_string(board) + "_" + std::to_string(++count) +
                             "_" + std::to_string(getpid());
    setenv("EMULATION_SOCKETID", name.c_str(), 1);
    path_ = emulator::socket_path(name);
    if (behaviour != nullptr && fork() == 0) {
      execl(program.c_str(), program.c_str(), "device", behaviour, nullptr);
      _exit(127);
    }
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK_EQUAL(bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    listen(listener, 5);  // XRT does not look at its result
    fd_set set;
    FD_ZERO(&set);
    FD_SET(listener, &set);
    timeval time = {300, 0};
    CHECK(select(listener + 1, &set, nullptr, nullptr, &time) > 0);
    connection_ = accept(listener, nullptr, nullptr);
    close(listener);
    CHECK(connection_ >= 0);
  }

  ~Xrt() { close(connection_); }

  std::vector<char> call(Api api, const MessageWriter &request) {
    const std::vector<std::uint8_t> &body = request.message();
    std::uint8_t header[emulator::kRequestHeaderBytes];
    emulator::write_request_header({body.size(), static_cast<std::uint32_t>(api)}, header);
    CHECK_EQUAL(write(connection_, header, sizeof header), 14);
    CHECK_EQUAL(write(connection_, body.data(), body.size()), static_cast<ssize_t>(body.size()));
    std::uint8_t answer[emulator::kAnswerHeaderBytes];
    CHECK_EQUAL(read(connection_, answer, sizeof answer), 9);
    std::uint64_t size = 0;
    CHECK(emulator::read_answer_header(answer, &size));
    std::vector<char> bytes(static_cast<std::size_t>(size));
    CHECK_EQUAL(read(connection_, bytes.data(), bytes.size()), static_cast<ssize_t>(size));
    return bytes;
  }

  /// \return the control register
  std::uint32_t status() {
    const std::vector<char> bytes =
        call(Api::kReadAddrKernelCtrl, MessageWriter().number(2, 0).number(3, 4));
    const Message message(std::string_view(bytes.data(), bytes.size()));
    CHECK_EQUAL(message.number(1), 1u);
    CHECK_EQUAL(message.bytes(2).size(), 4u);
    std::uint32_t value = 0;
    std::memcpy(&value, message.bytes(2).data(), 4);
    return value;
  }

  const std::string &path() const { return path_; }

 private:
  std::string path_;
  int connection_ = -1;
};

int run_device(const std::string &behaviour) {
  if (behaviour == "exit") {
    return 7;
  }
  if (behaviour == "absent") {
    pause();
  }
  emulator::Channel host(emulator::socket_path(std::getenv("EMULATION_SOCKETID")),
                         std::chrono::seconds(5));
  emulator::Request request;
  while (host.receive(&request)) {
    if (behaviour == "die") {
      raise(SIGKILL);
    } else if (behaviour == "hang") {
      raise(SIGSTOP);
    } else if (behaviour == "half") {
      // It looks like the header of an empty answer and 5 bytes of the next.
      host.request(Api::kClose);
      return 5;
    }
    const bool close = request.api == static_cast<std::uint32_t>(Api::kClose);
    MessageWriter answer;
    answer.number(1, 1).bytes(2, std::string_view("\1\0\0\0", close ? 0 : 4));
    host.answer(answer.message());
    if (close) {
      return 0;
    }
  }
  return 6;
}

}  // namespace

TEST(a_device_that_answers) {
  Xrt xrt("answer");
  CHECK_EQUAL(xrt.status(), 1u);
  const int process = fabriq_emulation_process(kBoard);
  CHECK(process > 0);
  CHECK_EQUAL(getpgid(process), process);
  CHECK(access(xrt.path().c_str(), F_OK) != 0);
  xrt.call(Api::kClose, MessageWriter());
  int status = -1;
  CHECK_EQUAL(waitpid(0, &status, 0), process);
  CHECK_EQUAL(fabriq_emulation_process(kBoard), 0);
  CHECK_EQUAL(failure(), "");
}

TEST(a_device_that_dies) {
  Xrt xrt("die");
  CHECK_EQUAL(xrt.status(), 6u);
  CHECK_EQUAL(failure(), "the device process was killed by signal 9 during ReadAddrKernelCtrl");
  CHECK_EQUAL(fabriq_emulation_process(kBoard), 0);
  CHECK_EQUAL(xrt.status(), 6u);
  CHECK_EQUAL(failure(), "");
}

TEST(a_device_that_hangs) {
  fabriq_emulation_set_timeout_ms(150);
  Xrt xrt("hang");
  const auto start = std::chrono::steady_clock::now();
  CHECK_EQUAL(xrt.status(), 6u);
  CHECK(check::seconds_since(start) >= 0.149);
  CHECK_PROMPT(start);
  CHECK_CONTAINS(failure(), "did not answer within 150 ms");
  CHECK_EQUAL(fabriq_emulation_process(kBoard), 0);
  fabriq_emulation_set_timeout_ms(5000);
}

TEST(a_device_that_is_stopped) {
  Xrt xrt("hang");
  std::thread stopper([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    fabriq_emulation_stop(kBoard);
  });
  const auto start = std::chrono::steady_clock::now();
  CHECK_EQUAL(xrt.status(), 6u);
  CHECK_PROMPT(start);
  stopper.join();
  CHECK_CONTAINS(failure(), "was stopped");
  CHECK_EQUAL(fabriq_emulation_process(kBoard), 0);
}

TEST(a_device_that_ends_within_an_answer) {
  Xrt xrt("half");
  xrt.call(Api::kAllocDeviceBuffer, MessageWriter());
  CHECK_EQUAL(failure(), "");
  CHECK_EQUAL(xrt.status(), 6u);
  CHECK_CONTAINS(failure(), "ended with status 5");
}

TEST(a_device_that_never_connects) {
  Xrt ended("exit");
  CHECK_CONTAINS(failure(), "ended with status 7 before it connected");
  CHECK_EQUAL(ended.status(), 6u);

  fabriq_emulation_set_timeout_ms(100);
  Xrt absent("absent");
  CHECK_CONTAINS(failure(), "did not connect within 100 ms");
  CHECK_EQUAL(fabriq_emulation_process(kBoard), 0);
  fabriq_emulation_set_timeout_ms(5000);

  Xrt none(nullptr);
  CHECK_CONTAINS(failure(), "was not started");
  CHECK_EQUAL(none.status(), 6u);
}

TEST(a_folder_that_is_not_there) {
  setenv("USER", "fabriq-driver-test/none", 1);
  Xrt xrt(nullptr);
  unsetenv("USER");
  CHECK_CONTAINS(failure(), "cannot listen at /tmp/fabriq-driver-test/none/device3_");
  CHECK_EQUAL(xrt.status(), 6u);
}

TEST(boards_fail_one_by_one) {
  Xrt dead("die", 1);
  Xrt alive("answer", 12);
  Xrt hung("hang", 2);
  CHECK_EQUAL(dead.status(), 6u);
  std::thread stopper([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    fabriq_emulation_stop(2);
  });
  CHECK_EQUAL(hung.status(), 6u);
  stopper.join();
  CHECK_EQUAL(alive.status(), 1u);
  CHECK_CONTAINS(failure(1), "killed by signal 9");
  CHECK_CONTAINS(failure(2), "was stopped");
  CHECK_EQUAL(failure(12), "");
  CHECK_EQUAL(fabriq_emulation_process(1), 0);
  CHECK(fabriq_emulation_process(12) > 0);
}

TEST(buffers_are_counted_on_the_wire) {
  Xrt xrt("answer", 4);
  for (int i = 0; i < 3; ++i) {
    xrt.call(Api::kAllocDeviceBuffer, MessageWriter());
  }
  xrt.call(Api::kFreeDeviceBuffer, MessageWriter());
  CHECK_EQUAL(fabriq_emulation_buffers(4), 2);
  CHECK_EQUAL(fabriq_emulation_buffers(5), 0);
}

TEST(a_device_after_a_failure) {
  Xrt dead("die");
  dead.status();
  CHECK(!failure().empty());
  Xrt alive("answer");
  CHECK_EQUAL(alive.status(), 1u);
  CHECK_EQUAL(failure(), "");
}

TEST(every_size_of_a_local_answer_can_be_parsed) {
  const Api calls[] = {Api::kClose, Api::kAllocDeviceBuffer, Api::kCopyBufferHost2Device,
                       Api::kCopyBufferDevice2Host, Api::kGetDeviceTimestamp};
  for (const Api api : calls) {
    const auto number = static_cast<std::uint32_t>(api);
    const std::size_t least = driver::local_answer(number, "").size();
    for (std::size_t size = least; size < least + 400; ++size) {
      const std::vector<std::uint8_t> body = driver::local_answer(number, "", size);
      CHECK_EQUAL(body.size(), size);
      const Message message(
          std::string_view(reinterpret_cast<const char *>(body.data()), body.size()));
      CHECK_EQUAL(message.required_number(1), api == Api::kCopyBufferDevice2Host ? 0u : 1u);
      CHECK(message.bytes(2).empty());
    }
  }
}

TEST(the_process_is_left_alone) {
  struct sigaction before = {};
  struct sigaction action = {};
  action.sa_handler = SIG_IGN;
  CHECK_EQUAL(sigaction(SIGUSR1, &action, &before), 0);
  CHECK(before.sa_handler == SIG_DFL);
  CHECK_EQUAL(sigaction(SIGUSR1, &action, &before), 0);
  CHECK(before.sa_handler == SIG_DFL);
  CHECK_EQUAL(kill(getpid(), SIGTERM), 0);

  void (*const volatile leave)(int) = std::exit;  // which XRT's code must not know as noexcept
  bool thrown = false;
  try {
    leave(1);
  } catch (const std::runtime_error &) {
    thrown = true;
  }
  CHECK(thrown);

  const auto start = std::chrono::steady_clock::now();
  CHECK_EQUAL(sleep(30), 0u);
  CHECK_PROMPT(start);
}

TEST(the_process_keeps_its_environment) {
  const auto in_process = [](const char *start) {
    for (char **variable = environ; *variable != nullptr; ++variable) {
      if (std::strncmp(*variable, start, std::strlen(start)) == 0) {
        return true;
      }
    }
    return false;
  };
  CHECK_EQUAL(setenv("FABRIQ_TEST_VARIABLE", "first", 0), 0);
  CHECK_EQUAL(setenv("FABRIQ_TEST_VARIABLE", "second", 0), 0);
  CHECK_EQUAL(std::string(std::getenv("FABRIQ_TEST_VARIABLE")), "first");
  CHECK_EQUAL(setenv("FABRIQ_TEST_VARIABLE", "third", 1), 0);
  CHECK_EQUAL(std::string(std::getenv("FABRIQ_TEST_VARIABLE")), "third");
  CHECK(!in_process("FABRIQ_TEST_VARIABLE="));
  CHECK(in_process("PATH="));
  CHECK_EQUAL(unsetenv("PATH"), 0);
  CHECK(std::getenv("PATH") == nullptr);
  CHECK(in_process("PATH="));

  const pid_t child = fork();
  if (child == 0) {
    _exit(in_process("FABRIQ_TEST_VARIABLE=third") && !in_process("PATH=") ? 0 : 1);
  }
  siginfo_t end = {};
  CHECK_EQUAL(waitid(P_PID, static_cast<id_t>(child), &end, WEXITED), 0);
  CHECK_EQUAL(end.si_status, 0);
}

TEST(buffers_never_move) {
  const volatile std::size_t too_much = std::size_t{1} << 30;
  void *block = std::malloc(1);
  CHECK(block != nullptr);
  void *const volatile grown = std::realloc(block, std::size_t{24} << 20);
  CHECK(grown == block);
  CHECK(std::realloc(grown, too_much) == nullptr);
  std::free(grown);
}

int main(int argc, char **argv) {
  if (argc == 3 && std::strcmp(argv[1], "device") == 0) {
    _exit(run_device(argv[2]));
  }
  unsetenv("USER");
  program = argv[0];
  return check::run_tests();
}
