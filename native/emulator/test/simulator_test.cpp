// SPDX-License-Identifier: Apache-2.0

// Drives fabriq_simulator as XRT does in hw_emu. Argument: fabriq_simulator.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "../../test/check.hpp"
#include "fake_host.hpp"
#include "fst_file.hpp"
#include "memory_setting.hpp"
#include "small_matmul.hpp"
#include "unit_calls.hpp"

using namespace emulator_test;

namespace {

std::string simulator_path;

enum Counter { kBusy, kComputing, kStalledOnA, kStalledOnB, kStalledOnC };

std::array<std::uint32_t, 5> run(FakeHost &host, std::uint32_t weights_id) {
  std::string map = registers(1);
  std::memcpy(&map[0x80], &weights_id, sizeof weights_id);
  write_registers(host, kUnitBase, map);
  CHECK_EQUAL(wait_until_done(host) & 2, 2u);
  write_registers(host, kUnitBase, std::string("\x10\0\0\0", 4));
  CHECK_EQUAL(read_register(host, kUnitBase) & 7, 4u);
  CHECK(copy_from_device(host, kResultAddress, kResultBytes) == expected_result());
  std::array<std::uint32_t, 5> counters{};
  for (std::uint32_t i = 0; i < counters.size(); ++i) {
    counters[i] = read_register(host, kUnitBase + 0xC0 + 8 * i);
  }
  return counters;
}

void check_refused(std::size_t offset, std::uint64_t value, std::size_t bytes) {
  FakeHost host(simulator_path, kMetadata);
  std::string map = registers(1);
  std::memcpy(&map[offset], &value, bytes);
  bool answered = true;
  try {
    write_registers(host, kUnitBase, map);
    wait_until_done(host);
  } catch (const std::runtime_error &) {
    answered = false;
  }
  CHECK(!answered);
  CHECK_EQUAL(host.wait_for_end(), 3);
}

}  // namespace

TEST(weights_stay_from_call_to_call) {
  FakeHost host(simulator_path, kMetadata);
  for (const Operand &operand : operands()) {
    copy_to_device(host, operand.address, operand.bytes);
  }
  const auto first = run(host, 7);
  const auto again = run(host, 7);
  const auto other = run(host, 8);
  const auto none = run(host, 0);
  CHECK_EQUAL(first[kComputing], again[kComputing]);
  CHECK(first[kStalledOnB] > 0);
  CHECK_EQUAL(again[kStalledOnB], 0u);
  CHECK(again[kBusy] < first[kBusy]);
  CHECK(other == first);
  CHECK(none == first);
  for (const auto &counters : {first, again}) {
    CHECK(counters[kComputing] + counters[kStalledOnA] + counters[kStalledOnB] +
              counters[kStalledOnC] <=
          counters[kBusy]);
  }
}

TEST(waveforms_show_the_unit_that_ran) {
  const PrivateFolder folder;
  const std::string file = folder.path() + "/kernels.fst";
  setenv("FABRIQ_TRACE", file.c_str(), 1);
  FakeHost host(simulator_path, kMetadata);
  unsetenv("FABRIQ_TRACE");
  for (const Operand &operand : operands()) {
    copy_to_device(host, operand.address, operand.bytes);
  }
  const std::uint32_t busy = run(host, 0)[kBusy];
  host.call(Api::kClose, message().number(3, 1));
  FstFile waveforms(file);
  const std::uint64_t cycles = waveforms.rises("matmul_i8i8_1.ap_clk");
  CHECK(cycles > busy && cycles < busy + 1000);
  CHECK(waveforms.end_time() >= 10 * busy);
  CHECK_EQUAL(waveforms.rises("matmul_i8i8_1.s_axi_control_arready") > 0, true);
  CHECK(waveforms.rises("matmul_f32f32_1.ap_clk") <= 1);
  CHECK(waveforms.version().find(" cycles, 1 calls, whole") != std::string::npos);
}

TEST(waveforms_stay_within_their_limit) {
  const PrivateFolder folder;
  const std::string file = folder.path() + "/kernels.fst";
  const std::uint64_t limit = std::uint64_t{8} << 20;
  setenv("FABRIQ_TRACE", file.c_str(), 1);
  setenv("FABRIQ_TRACE_LIMIT", "8M", 1);
  FakeHost host(simulator_path, kMetadata);
  unsetenv("FABRIQ_TRACE_LIMIT");
  unsetenv("FABRIQ_TRACE");
  for (const Operand &operand : operands()) {
    copy_to_device(host, operand.address, operand.bytes);
  }
  std::uint64_t busy = 0;
  std::uint64_t calls = 0;
  while (busy < 4000) {
    busy += run(host, 0)[kBusy];
    ++calls;
  }
  const std::uint64_t bytes = std::filesystem::file_size(file);
  CHECK(bytes <= limit && bytes > limit / 2);
  FstFile waveforms(file);
  const std::uint64_t cycles = waveforms.rises("matmul_i8i8_1.ap_clk");
  CHECK(cycles > 100 && cycles < busy);
  CHECK(waveforms.rises("matmul_i8i8_1.s_axi_control_arready") > 0);
  std::uint64_t told_cycles = 0;
  std::uint64_t told_calls = 0;
  char how[16] = {};
  CHECK_EQUAL(std::sscanf(waveforms.version().c_str(), "fabriq: %lu cycles, %lu calls, %15s",
                          &told_cycles, &told_calls, how),
              3);
  CHECK_EQUAL(std::string(how), "limited");
  CHECK(told_cycles <= cycles + 1 && told_cycles + 1 >= cycles);
  CHECK(told_calls >= 1 && told_calls < calls);
  host.call(Api::kClose, message().number(3, 1));
  CHECK_EQUAL(std::filesystem::file_size(file), bytes);
}

TEST(a_limit_of_waveforms_that_is_none) {
  const PrivateFolder folder;
  setenv("FABRIQ_TRACE", (folder.path() + "/kernels.fst").c_str(), 1);
  for (const char *value : {"", "7M", "8388607", "2000G", "much", "8MB", "-8M"}) {
    setenv("FABRIQ_TRACE_LIMIT", value, 1);
    bool refused = false;
    try {
      emulator::trace_limit_setting();
    } catch (const std::runtime_error &error) {
      refused = std::string(error.what()).find("give 8M to 1024G") != std::string::npos;
    }
    CHECK(refused);
  }
  setenv("FABRIQ_TRACE_LIMIT", "8388608", 1);
  CHECK_EQUAL(emulator::trace_limit_setting(), std::uint64_t{8} << 20);
  setenv("FABRIQ_TRACE_LIMIT", "1024G", 1);
  CHECK_EQUAL(emulator::trace_limit_setting(), std::uint64_t{1} << 40);
  unsetenv("FABRIQ_TRACE_LIMIT");
  CHECK_EQUAL(emulator::trace_limit_setting(), std::uint64_t{256} << 20);
  unsetenv("FABRIQ_TRACE");
}

TEST(waveforms_survive_a_host_that_goes) {
  const PrivateFolder folder;
  const std::string file = folder.path() + "/kernels.fst";
  setenv("FABRIQ_TRACE", file.c_str(), 1);
  FakeHost host(simulator_path, kMetadata);
  unsetenv("FABRIQ_TRACE");
  write_registers(host, kUnitBase, std::string(4, '\0'));
  host.hang_up();
  CHECK_EQUAL(host.wait_for_end(), 0);
  CHECK(FstFile(file).rises("matmul_i8i8_1.ap_clk") > 0);
}

TEST(a_file_for_waveforms_that_cannot_be) {
  setenv("FABRIQ_TRACE", "/nonexistent/kernels.fst", 1);
  bool started = true;
  try {
    FakeHost host(simulator_path, kMetadata);
  } catch (const std::runtime_error &) {
    started = false;
  }
  unsetenv("FABRIQ_TRACE");
  CHECK(!started);
}

TEST(slow_memory_takes_longer) {
  const auto busy = [] {
    FakeHost host(simulator_path, kMetadata);
    for (const Operand &operand : operands()) {
      copy_to_device(host, operand.address, operand.bytes);
    }
    return run(host, 0)[kBusy];
  };
  const std::uint32_t standard = busy();
  setenv("FABRIQ_MEMORY_LATENCY", "130", 1);
  const std::uint32_t late = busy();
  unsetenv("FABRIQ_MEMORY_LATENCY");
  setenv("FABRIQ_MEMORY_BANDWIDTH", "25", 1);
  const std::uint32_t narrow = busy();
  unsetenv("FABRIQ_MEMORY_BANDWIDTH");
  setenv("FABRIQ_MEMORY_SHARED", "4", 1);
  const std::uint32_t shared = busy();
  unsetenv("FABRIQ_MEMORY_SHARED");
  CHECK(shared > standard);
  CHECK(late >= standard + 100);
  CHECK(narrow > standard);
  CHECK_EQUAL(busy(), standard);
}

TEST(settings_that_are_none) {
  for (const char *value : {"0", "10001", "fast", "", "12x"}) {
    setenv("FABRIQ_MEMORY_LATENCY", value, 1);
    bool refused = false;
    try {
      emulator::memory_setting();
    } catch (const std::runtime_error &error) {
      refused = std::string(error.what()).find("give 1 to 10000") != std::string::npos;
    }
    CHECK(refused);
  }
  unsetenv("FABRIQ_MEMORY_LATENCY");
}

TEST(arguments_that_are_refused) {
  check_refused(0x40, 0, 4);
  check_refused(0x48, 131072, 4);
  check_refused(0x78, 3, 4);
  check_refused(0x10, 1, 4);
}

TEST(a_kernel_that_leaves_the_memory) { check_refused(0x10, (std::uint64_t{64} << 30) - 1024, 8); }

int main(int argc, char **argv) {
  if (argc != 2) {
    std::cerr << "usage: simulator_test SIMULATOR" << std::endl;
    return 2;
  }
  simulator_path = argv[1];
  return check::run_tests();
}
