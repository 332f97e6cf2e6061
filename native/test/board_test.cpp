// SPDX-License-Identifier: Apache-2.0

// What a board or its emulation promises beyond exact results (problems_test): any order of runs,
// deadlines, poison and reset, several devices, and an end in bounded time when the device process
// of an emulation dies or hangs. Needs FABRIQ_TEST_DEVICE, as "xrt:sw_emu?xclbin=FILE".

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "abi_fixture.hpp"
#include "elapsed.hpp"

namespace {

using abi::Device;
using abi::Int8Multiplication;
using abi::succeed;
using problems::parse_problem;

/// This one; with the argument `open` it uses the device once, with `busy` it finds it held.
std::string program;

constexpr std::int64_t kMillisecond = 1'000'000;

bool emulated() { return std::string(abi::test_device()).find("_emu") != std::string::npos; }

bool opencl() { return std::string(abi::test_device()).rfind("opencl:", 0) == 0; }

std::size_t entries(const std::string &directory) {
  std::size_t count = 0;
  DIR *const open = opendir(directory.c_str());
  while (readdir(open) != nullptr) {
    ++count;
  }
  closedir(open);
  return count;
}

/// Child processes of this one: the device processes.
std::vector<pid_t> children() {
  std::vector<pid_t> all;
  DIR *const tasks = opendir("/proc/self/task");
  while (const dirent *task = readdir(tasks)) {
    std::ifstream list(std::string("/proc/self/task/") + task->d_name + "/children");
    for (pid_t child; list >> child;) {
      all.push_back(child);
    }
  }
  closedir(tasks);
  return all;
}

/// A process and its children, such as the simulator that a script has started.
void signal_tree(pid_t process, int signal) {
  const std::string id = std::to_string(process);
  std::ifstream list("/proc/" + id + "/task/" + id + "/children");
  for (pid_t child; list >> child;) {
    kill(child, signal);
  }
  kill(process, signal);
}

void signal_children(int signal) {
  const std::vector<pid_t> all = children();
  CHECK(!all.empty());
  for (const pid_t child : all) {
    signal_tree(child, signal);
  }
}

/// Kilobytes of a process's memory that are in use.
std::size_t resident_kilobytes(const std::string &process) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string word; status >> word;) {
    if (word == "VmRSS:") {
      std::size_t kilobytes = 0;
      status >> kilobytes;
      return kilobytes;
    }
  }
  throw std::runtime_error("no VmRSS of process " + process);
}

std::int64_t device_buffers(fabriq_device *device) {
  std::int64_t buffers = 0;
  std::int64_t bytes = 0;
  succeed(fabriq_device_memory(device, &buffers, &bytes));
  CHECK(bytes >= buffers * 4096);
  return buffers;
}

/// Buffers of all boards together, as the emulation driver counts them in XRT's own calls.
std::int64_t wire_buffers() {
  const auto count =
      reinterpret_cast<std::int64_t (*)(int)>(dlsym(RTLD_DEFAULT, "fabriq_emulation_buffers"));
  CHECK(count != nullptr);
  std::int64_t sum = 0;
  for (int board = 0; board < 16; ++board) {
    sum += count(board);
  }
  return sum;
}

void is_exact(const Int8Multiplication &multiplication) {
  std::vector<std::uint8_t> c(multiplication.c_bytes(), 0xA5);
  succeed(multiplication.multiply(c));
  multiplication.check(c);
}

TEST(description_and_ping) {
  const Device device;
  const std::string uri = abi::test_device();
  CHECK_CONTAINS(fabriq_device_description(device), uri.substr(0, uri.find('?')));
  succeed(fabriq_device_ping(device));
}

TEST(runs_end_in_any_order) { abi::check_any_order(Device()); }

TEST(timing_adds_up) {
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("64 128 64 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  std::int64_t timing[FABRIQ_TIMING_COUNT];
  for (int call = 0; call < 3; ++call) {
    succeed(multiplication.multiply(c, abi::kTimeout, timing));
    CHECK(timing[FABRIQ_TIMING_KERNEL] > 0);
    std::int64_t parts = 0;
    for (int i = FABRIQ_TIMING_PACK; i <= FABRIQ_TIMING_DEVICE_TO_HOST; ++i) {
      CHECK(timing[i] >= 0);
      parts += timing[i];
    }
    CHECK(parts <= timing[FABRIQ_TIMING_TOTAL]);
    const bool counts = std::string(abi::test_device()).find("xrt:hw_emu") == 0;
    CHECK_EQUAL(timing[FABRIQ_TIMING_CYCLES] > 0, counts);
    CHECK_EQUAL(timing[FABRIQ_TIMING_COMPUTING_CYCLES] > 0, counts);
    std::int64_t explained = 0;
    for (int i = FABRIQ_TIMING_COMPUTING_CYCLES; i <= FABRIQ_TIMING_CYCLES_STALLED_ON_C; ++i) {
      CHECK(counts ? timing[i] >= 0 : timing[i] == -1);
      explained += timing[i];
    }
    CHECK(!counts || explained <= timing[FABRIQ_TIMING_CYCLES]);
  }
}

TEST(a_deadline_poisons_until_reset_and_weights_stay) {
  const Device device;
  const Int8Multiplication longer(device, parse_problem("700 900 700 alternating output=i32"));
  const Int8Multiplication brief(device, parse_problem("3 5 7 random"));
  is_exact(brief);
  std::vector<std::uint8_t> c(longer.c_bytes(), 0xA5);
  const auto untouched = c;
  fabriq_run *run = nullptr;
  succeed(longer.submit(&run));
  CHECK_EQUAL(Int8Multiplication::wait(run, c, 1), FABRIQ_TIMEOUT);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_device_reset");
  CHECK_EQUAL(brief.multiply(c), FABRIQ_INVALID_ARGUMENT);
  std::vector<std::uint8_t> brief_c(brief.c_bytes());
  CHECK_EQUAL(brief.multiply(brief_c), FABRIQ_POISONED);
  succeed(fabriq_run_release(run));
  const auto begin = std::chrono::steady_clock::now();
  succeed(fabriq_device_reset(device));
  CHECK_PROMPT(begin);
  is_exact(brief);
  is_exact(longer);
  CHECK(c == untouched);
}

TEST(resets_again_and_again) {
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("33 65 17 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  for (int i = 0; i < 10; ++i) {
    fabriq_run *run = nullptr;
    succeed(multiplication.submit(&run));
    if (Int8Multiplication::wait(run, c, 1) == FABRIQ_TIMEOUT) {
      succeed(fabriq_run_release(run));
      succeed(fabriq_device_reset(device));
    } else {
      succeed(fabriq_run_release(run));
    }
    is_exact(multiplication);
  }
}

TEST(an_unfinished_run_may_be_released) {
  const Device device;
  const Int8Multiplication longer(device, parse_problem("300 900 300 random"));
  fabriq_run *run = nullptr;
  succeed(longer.submit(&run));
  succeed(fabriq_run_release(run));
  is_exact(longer);
}

TEST(all_slots_in_flight) {
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<fabriq_run *> runs(64);
  for (auto &run : runs) {
    succeed(multiplication.submit(&run));
  }
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  for (auto run : runs) {
    succeed(Int8Multiplication::wait(run, c));
    multiplication.check(c);
    succeed(fabriq_run_release(run));
  }
}

TEST(two_devices_at_once) {
  const Device first;
  const Device second;
  const Int8Multiplication on_first(first, parse_problem("9 65 17 random seed=1"));
  const Int8Multiplication on_second(second, parse_problem("9 65 17 random seed=2"));
  std::atomic<int> wrong{0};
  const auto use = [&](const Int8Multiplication &multiplication) {
    try {
      for (int call = 0; call < 100; ++call) {
        is_exact(multiplication);
      }
    } catch (const std::exception &) {
      ++wrong;
    }
  };
  std::thread other([&] { use(on_first); });
  use(on_second);
  other.join();
  CHECK_EQUAL(wrong.load(), 0);
}

TEST(preparing_again_takes_no_more_memory) {
  if (!emulated()) {
    return;
  }
  const Device device;
  const auto prepare = [&](const char *problem) {
    return std::make_unique<Int8Multiplication>(device, parse_problem(problem));
  };
  is_exact(*prepare("3 70 9 random"));
  for (int i = 0; i < 100; ++i) {
    prepare("3 70 9 random");
  }
  const std::string process = std::to_string(children().at(0));
  const std::int64_t buffers = device_buffers(device);
  const std::int64_t on_wire = wire_buffers();
  const std::size_t host_memory = resident_kilobytes("self");
  const std::size_t device_memory = resident_kilobytes(process);
  for (int i = 0; i < 10000; ++i) {
    prepare(i % 2 == 0 ? "3 70 9 random" : "3 65 17 random");
  }
  CHECK_EQUAL(device_buffers(device), buffers);
  CHECK_EQUAL(wire_buffers(), on_wire);
  CHECK(resident_kilobytes("self") < host_memory + 512);
  CHECK(resident_kilobytes(process) < device_memory + 512);

  const auto first = prepare("3 70 9 random");
  const auto second = prepare("3 70 9 random");
  CHECK_EQUAL(device_buffers(device), buffers + 2);
  CHECK_EQUAL(wire_buffers(), on_wire + 2);
  is_exact(*first);
  is_exact(*second);
}

TEST(removed_directories_are_made_again) {
  if (!emulated()) {
    return;
  }
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("33 65 17 random"));
  is_exact(multiplication);
  const std::string root = std::getenv("XILINX_XRT");
  CHECK_CONTAINS(root, "/fabriq-xrt-" + std::to_string(getpid()) + "-");
  std::filesystem::remove_all(root);
  is_exact(multiplication);
  const Device next;
  const Int8Multiplication on_next(next, parse_problem("9 65 17 random"));
  is_exact(on_next);
  std::filesystem::remove_all(root);
  signal_children(SIGKILL);
  std::vector<std::uint8_t> c(on_next.c_bytes());
  CHECK_EQUAL(on_next.multiply(c), FABRIQ_DEVICE_FAILED);
  succeed(fabriq_device_reset(next));
  is_exact(on_next);
}

TEST(what_killed_processes_left_is_removed) {
  const pid_t dead = fork();
  if (dead == 0) {
    _exit(0);
  }
  waitpid(dead, nullptr, 0);
  const std::string stale = "/tmp/fabriq-xrt-" + std::to_string(dead) + "-abcdef";
  const std::string living = "/tmp/fabriq-xrt-" + std::to_string(getpid()) + "-abcdef";
  const std::string locked = "/tmp/fabriq-xrt-" + std::to_string(dead) + "-locked";
  for (const std::string &directory : {stale, living, locked}) {
    std::filesystem::create_directories(directory + "/run");
  }
  const int descriptor = open(locked.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  CHECK_EQUAL(flock(descriptor, LOCK_EX), 0);
  CHECK_EQUAL(std::system(("TMPDIR=/tmp " + program + " open").c_str()), 0);
  CHECK(!std::filesystem::exists(stale));
  CHECK(std::filesystem::remove_all(living) > 0);
  CHECK(std::filesystem::remove_all(locked) > 0);
  close(descriptor);
}

TEST(two_processes_at_once) {
  if (!emulated()) {
    return;
  }
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("33 65 17 random"));
  std::atomic<int> status{-1};
  std::thread other([&] { status = std::system((program + " open").c_str()); });
  for (int i = 0; i < 200; ++i) {
    is_exact(multiplication);
  }
  other.join();
  CHECK_EQUAL(status.load(), 0);
  is_exact(multiplication);
}

/// Another process that has one of XRT's driver calls replaced opens the device.
TEST(a_board_that_another_process_holds_is_busy) {
  if (!emulated() || opencl()) {
    return;  // OpenCL gives every failure to load one status, which means this on boards only
  }
  const std::string folder = std::filesystem::absolute(program).parent_path().string();
  for (const char *busy : {"busy_load", "busy_context"}) {
    const std::string command =
        "LD_PRELOAD=" + folder + "/" + busy + ".so " + program + " busy 2>&1";
    CHECK_EQUAL(std::string(busy) + std::to_string(std::system(command.c_str())),
                std::string(busy) + "0");
  }
}

TEST(opening_again_leaks_no_descriptor) {
  std::make_unique<Device>().reset();
  const std::size_t before = entries("/proc/self/fd");
  for (int i = 0; i < 5; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const Device device;
    const Int8Multiplication multiplication(device, parse_problem("9 65 17 random"));
    is_exact(multiplication);
    CHECK_PROMPT(begin);
  }
  CHECK(entries("/proc/self/fd") <= before + 2);
}

TEST(signal_handlers_stay) {
  struct sigaction mine = {};
  mine.sa_handler = [](int) {};
  struct sigaction old;
  sigaction(SIGUSR1, &mine, &old);
  {
    const Device device;
    struct sigaction found;
    sigaction(SIGUSR1, nullptr, &found);
    CHECK(found.sa_handler == mine.sa_handler);
  }
  sigaction(SIGUSR1, &old, nullptr);
}

TEST(a_killed_device_process_is_an_error) {
  if (!emulated()) {
    return;
  }
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("33 65 17 random"));
  is_exact(multiplication);
  signal_children(SIGKILL);
  std::vector<std::uint8_t> c(multiplication.c_bytes(), 0xA5);
  const auto untouched = c;
  auto begin = std::chrono::steady_clock::now();
  CHECK_EQUAL(multiplication.multiply(c), FABRIQ_DEVICE_FAILED);
  CHECK_PROMPT(begin);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_device_reset");
  CHECK(c == untouched);
  CHECK_EQUAL(multiplication.multiply(c), FABRIQ_POISONED);
  begin = std::chrono::steady_clock::now();
  succeed(fabriq_device_reset(device));
  CHECK_PROMPT(begin);
  is_exact(multiplication);
}

TEST(a_device_process_killed_in_a_run_is_an_error) {
  if (!emulated()) {
    return;
  }
  const Device device;
  const Int8Multiplication longer(device, parse_problem("700 900 700 alternating output=i32"));
  std::vector<std::uint8_t> c(longer.c_bytes());
  fabriq_run *run = nullptr;
  succeed(longer.submit(&run));
  signal_children(SIGKILL);
  const auto begin = std::chrono::steady_clock::now();
  CHECK_EQUAL(Int8Multiplication::wait(run, c), FABRIQ_DEVICE_FAILED);
  CHECK_PROMPT(begin);
  succeed(fabriq_run_release(run));
  succeed(fabriq_device_reset(device));
  is_exact(longer);
}

TEST(a_failed_device_leaves_others_alone) {
  if (!emulated()) {
    return;
  }
  const Device healthy;
  const std::vector<pid_t> before = children();
  const Device killed;
  const Int8Multiplication on_healthy(healthy, parse_problem("33 65 17 random seed=1"));
  const Int8Multiplication on_killed(killed, parse_problem("33 65 17 random seed=2"));
  is_exact(on_healthy);
  is_exact(on_killed);
  for (const pid_t child : children()) {
    if (std::find(before.begin(), before.end(), child) == before.end()) {
      signal_tree(child, SIGKILL);
    }
  }
  std::vector<std::uint8_t> c(on_killed.c_bytes());
  CHECK_EQUAL(on_killed.multiply(c), FABRIQ_DEVICE_FAILED);
  is_exact(on_healthy);
  succeed(fabriq_device_reset(killed));
  is_exact(on_killed);
  is_exact(on_healthy);
}

TEST(a_late_device_leaves_others_alone) {
  const Device healthy;
  const Device late;
  const Int8Multiplication on_healthy(healthy, parse_problem("33 65 17 random seed=1"));
  const Int8Multiplication on_late(late, parse_problem("700 900 700 alternating output=i32"));
  std::vector<std::uint8_t> c(on_late.c_bytes());
  fabriq_run *run = nullptr;
  succeed(on_late.submit(&run));
  CHECK_EQUAL(Int8Multiplication::wait(run, c, 1), FABRIQ_TIMEOUT);
  is_exact(on_healthy);
  succeed(fabriq_run_release(run));
  succeed(fabriq_device_reset(late));
  is_exact(on_healthy);
}

TEST(a_hanging_device_process_ends_at_the_deadline) {
  if (!emulated()) {
    return;
  }
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("33 65 17 random"));
  is_exact(multiplication);
  signal_children(SIGSTOP);
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  auto begin = std::chrono::steady_clock::now();
  CHECK_EQUAL(multiplication.multiply(c, 300 * kMillisecond), FABRIQ_TIMEOUT);
  CHECK_PROMPT(begin);
  begin = std::chrono::steady_clock::now();
  succeed(fabriq_device_reset(device));
  CHECK_PROMPT(begin);
  is_exact(multiplication);
}

TEST(a_device_closes_after_its_process_hung) {
  if (!emulated()) {
    return;
  }
  fabriq_device *device = nullptr;
  succeed(fabriq_device_open(abi::test_device(), &device));
  signal_children(SIGSTOP);
  const auto begin = std::chrono::steady_clock::now();
  succeed(fabriq_device_close(device));
  CHECK_PROMPT(begin);
  const Device next;
  const Int8Multiplication multiplication(next, parse_problem("33 65 17 random"));
  is_exact(multiplication);
}

}  // namespace

int main(int, char **argv) {
  program = argv[0];
  if (std::getenv("FABRIQ_TEST_DEVICE") == nullptr) {
    std::cout << "set FABRIQ_TEST_DEVICE to a device, as xrt:sw_emu?xclbin=FILE\n";
    return 1;
  }
  if (argv[1] != nullptr && std::string(argv[1]) == "open") {
    const Device device;
    is_exact(Int8Multiplication(device, parse_problem("33 65 17 random")));
    return 0;
  }
  if (argv[1] != nullptr && std::string(argv[1]) == "busy") {
    fabriq_device *device = nullptr;
    const fabriq_status status = fabriq_device_open(abi::test_device(), &device);
    return status == FABRIQ_BUSY ? 0 : 100 + status;
  }
  // Else what waits for the answer of a process that hangs would be prompt too.
  setenv("FABRIQ_EMULATION_TIMEOUT_MS", "60000", 1);
  return check::run_tests();
}
