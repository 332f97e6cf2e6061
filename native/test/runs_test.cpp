// SPDX-License-Identifier: Apache-2.0

// Submitted runs, deadlines, poison and reset, and what keeps a device from closing.

#include <thread>

#include "abi_fixture.hpp"
#include "elapsed.hpp"

namespace {

using abi::Device;
using abi::Int8Multiplication;
using abi::succeed;
using problems::parse_problem;

constexpr std::int64_t kMillisecond = 1'000'000;

TEST(runs_end_in_any_order) { abi::check_any_order(Device("emulation?threads=2")); }

TEST(a_result_is_taken_once) {
  const Device device;
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  fabriq_run *run = nullptr;
  succeed(multiplication.submit(&run));
  CHECK_EQUAL(fabriq_run_wait(run, c.data(), 20, abi::kTimeout, nullptr), FABRIQ_INVALID_ARGUMENT);
  CHECK_CONTAINS(fabriq_last_error(), "20 bytes but the matrix needs 21");
  succeed(Int8Multiplication::wait(run, c));
  multiplication.check(c);
  CHECK_EQUAL(Int8Multiplication::wait(run, c), FABRIQ_INVALID_ARGUMENT);
  CHECK_CONTAINS(fabriq_last_error(), "was taken");
  succeed(fabriq_run_release(run));
}

TEST(timing_adds_up) {
  const Device device("emulation?stall=20ms");
  const Int8Multiplication multiplication(device, parse_problem("64 128 64 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  std::int64_t timing[FABRIQ_TIMING_COUNT];
  succeed(multiplication.multiply(c, abi::kTimeout, timing));
  CHECK(timing[FABRIQ_TIMING_LAUNCH] >= 20 * kMillisecond);
  CHECK(timing[FABRIQ_TIMING_KERNEL] > 0);
  CHECK_EQUAL(timing[FABRIQ_TIMING_CYCLES], -1);
  CHECK(timing[FABRIQ_TIMING_PACK] > 0);
  CHECK_EQUAL(timing[FABRIQ_TIMING_HOST_TO_DEVICE], -1);
  std::int64_t parts = timing[FABRIQ_TIMING_PACK];
  for (int i = FABRIQ_TIMING_LAUNCH; i <= FABRIQ_TIMING_DEVICE_TO_HOST; ++i) {
    CHECK(timing[i] >= 0);
    parts += timing[i];
  }
  CHECK(parts <= timing[FABRIQ_TIMING_TOTAL]);
}

TEST(a_deadline_poisons_until_reset) {
  const Device device("emulation?threads=1&stall=300ms");
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes(), 0xA5);
  const auto untouched = c;

  CHECK_EQUAL(multiplication.multiply(c, 30 * kMillisecond), FABRIQ_TIMEOUT);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_device_reset");
  CHECK_EQUAL(multiplication.multiply(c), FABRIQ_POISONED);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_device_reset");
  fabriq_run *run = nullptr;
  CHECK_EQUAL(multiplication.submit(&run), FABRIQ_POISONED);
  CHECK(run == nullptr);
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  CHECK(c == untouched);

  succeed(fabriq_device_reset(device));
  succeed(multiplication.multiply(c));
  multiplication.check(c);
}

TEST(reset_does_not_wait_for_a_stalled_run) {
  const Device device("emulation?threads=1&stall=30s");
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes(), 0xA5);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) {
    CHECK_EQUAL(multiplication.multiply(c, kMillisecond), FABRIQ_TIMEOUT);
    succeed(fabriq_device_reset(device));
  }
  CHECK_PROMPT(begin);
}

TEST(reset_does_not_wait_for_a_long_kernel) {
  const Device device("emulation?threads=1");
  Int8Multiplication longer(device, parse_problem("1 4096 8192 alternating output=i32"));
  const Int8Multiplication brief(device, parse_problem("3 5 7 random"));
  const std::int32_t rows = 1024;
  const std::vector<std::uint8_t> a(std::size_t(rows) * 4096);
  std::vector<std::uint8_t> lost(std::size_t(rows) * 8192 * 4, 0xA5);
  const auto untouched = lost;
  CHECK_EQUAL(fabriq_multiply(longer.weights(), rows, a.data(), std::int64_t(a.size()), lost.data(),
                              std::int64_t(lost.size()), kMillisecond, nullptr),
              FABRIQ_TIMEOUT);
  longer.release();
  succeed(fabriq_device_reset(device));
  std::vector<std::uint8_t> c(brief.c_bytes(), 0xA5);
  const auto begin = std::chrono::steady_clock::now();
  succeed(brief.multiply(c));
  CHECK_PROMPT(begin);
  brief.check(c);
  CHECK(lost == untouched);
}

TEST(a_run_from_before_a_reset_is_given_up) {
  const Device device("emulation?threads=1&stall=100ms");
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes(), 0xA5);
  fabriq_run *first = nullptr;
  fabriq_run *second = nullptr;
  succeed(multiplication.submit(&first));
  succeed(multiplication.submit(&second));
  CHECK_EQUAL(Int8Multiplication::wait(first, c, kMillisecond), FABRIQ_TIMEOUT);
  CHECK_EQUAL(Int8Multiplication::wait(first, c), FABRIQ_POISONED);
  CHECK_EQUAL(Int8Multiplication::wait(second, c), FABRIQ_POISONED);
  succeed(fabriq_device_reset(device));
  CHECK_EQUAL(Int8Multiplication::wait(second, c), FABRIQ_POISONED);
  succeed(fabriq_run_release(first));
  succeed(fabriq_run_release(second));
  succeed(multiplication.multiply(c));
  multiplication.check(c);
}

TEST(an_unfinished_run_may_be_released) {
  const Device device("emulation?threads=1&stall=50ms");
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  fabriq_run *run = nullptr;
  succeed(multiplication.submit(&run));
  succeed(fabriq_run_release(run));
  succeed(multiplication.multiply(c));
  multiplication.check(c);
}

TEST(reset_of_a_healthy_device_keeps_its_runs) {
  const Device device("emulation?threads=1&stall=20ms");
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  fabriq_run *run = nullptr;
  succeed(multiplication.submit(&run));
  succeed(fabriq_device_reset(device));
  succeed(Int8Multiplication::wait(run, c));
  multiplication.check(c);
  succeed(fabriq_run_release(run));
}

TEST(slots_are_limited_and_come_back) {
  const Device device("emulation?stall=1ms&threads=4");
  const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  std::vector<fabriq_run *> runs(64);
  for (auto &run : runs) {
    succeed(multiplication.submit(&run));
  }
  fabriq_run *extra = nullptr;
  CHECK_EQUAL(multiplication.submit(&extra, 20 * kMillisecond), FABRIQ_BUSY);
  CHECK_CONTAINS(fabriq_last_error(), "64 runs");
  CHECK_CONTAINS(fabriq_last_error(), "release");
  for (auto run : runs) {
    succeed(fabriq_run_release(run));
  }
  succeed(multiplication.submit(&extra));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  succeed(Int8Multiplication::wait(extra, c));
  multiplication.check(c);
  succeed(fabriq_run_release(extra));
}

TEST(what_is_in_use_is_not_released) {
  fabriq_device *device = nullptr;
  succeed(fabriq_device_open("emulation?stall=20ms", &device));
  Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
  fabriq_run *run = nullptr;
  succeed(multiplication.submit(&run));
  CHECK_EQUAL(fabriq_weights_release(multiplication.weights()), FABRIQ_BUSY);
  CHECK_CONTAINS(fabriq_last_error(), "1 run is outstanding");
  CHECK_EQUAL(fabriq_device_close(device), FABRIQ_BUSY);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_run_release");
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  succeed(Int8Multiplication::wait(run, c));
  multiplication.check(c);
  succeed(fabriq_run_release(run));
  CHECK_EQUAL(fabriq_device_close(device), FABRIQ_BUSY);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_weights_release");
  multiplication.release();
  succeed(fabriq_device_close(device));
}

TEST(close_is_bounded_with_an_abandoned_run) {
  fabriq_device *device = nullptr;
  succeed(fabriq_device_open("emulation?threads=1&stall=30s", &device));
  {
    const Int8Multiplication multiplication(device, parse_problem("3 5 7 random"));
    std::vector<std::uint8_t> c(multiplication.c_bytes());
    CHECK_EQUAL(multiplication.multiply(c, kMillisecond), FABRIQ_TIMEOUT);
  }
  const auto begin = std::chrono::steady_clock::now();
  succeed(fabriq_device_close(device));
  CHECK_PROMPT(begin);
}

}  // namespace

int main() { return check::run_tests(); }
