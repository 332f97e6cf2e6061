// SPDX-License-Identifier: Apache-2.0

// Drives fabriq_emulator as XRT does. Arguments: fabriq_emulator, libfabriq_kernels.so.

#include <signal.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "../../test/check.hpp"
#include "fake_host.hpp"
#include "small_matmul.hpp"
#include "unit_calls.hpp"

using namespace emulator_test;

namespace {

std::string emulator_path;
std::string kernels_path;

bool load(FakeHost &host, const std::string &library) {
  const std::string metadata = host.folder() + "/xmltmp";
  std::ofstream(metadata) << kMetadata;
  const auto request = message().bytes(1, metadata).bytes(2, library).bytes(3, "device0");
  return host.call(Api::kLoadBitstream, request).message.number(1) == 1;
}

void close_device(FakeHost &host, bool all) {
  CHECK_EQUAL(host.call(Api::kClose, message().number(3, all ? 1 : 0)).message.number(1), 1u);
}

void multiply_with_whole_maps(FakeHost &host) {
  for (const Operand &operand : operands()) {
    copy_to_device(host, operand.address, operand.bytes);
  }
  write_registers(host, kUnitBase, registers(0));
  write_registers(host, kUnitBase, registers(1));
  CHECK_EQUAL(wait_until_done(host) & 6, 6u);
  CHECK(copy_from_device(host, kResultAddress, kResultBytes) == expected_result());
}

/// A request that must end the emulator with this status.
void check_rejected(Api api, const MessageWriter &request, int status = 3) {
  FakeHost host(emulator_path, kMetadata);
  bool answered = true;
  try {
    host.call(api, request);
  } catch (const std::runtime_error &) {
    answered = false;
  }
  CHECK(!answered);
  CHECK_EQUAL(host.wait_for_end(), status);
}

}  // namespace

TEST(software_sequence) {
  FakeHost host(emulator_path);
  close_device(host, false);
  host.call(Api::kSetupInstance, message().number(1, 0));
  CHECK(load(host, kernels_path));
  const Answer allocated =
      host.call(Api::kAllocDeviceBuffer, message().number(1, 0).number(2, 4096));
  CHECK_EQUAL(allocated.message.number(1), 1u);
  CHECK(allocated.message.bytes(2).empty());
  host.call(Api::kFreeDeviceBuffer, message().number(1, 0));
  multiply_with_whole_maps(host);
  multiply_with_whole_maps(host);

  close_device(host, false);
  CHECK(load(host, kernels_path));
  multiply_with_whole_maps(host);
  close_device(host, true);
  CHECK_EQUAL(host.wait_for_end(), 0);
}

TEST(hardware_sequence) {
  FakeHost host(emulator_path, kMetadata);
  host.call(Api::kSetEnvironment, message());
  for (const Operand &operand : operands()) {
    copy_to_device(host, operand.address, operand.bytes);
  }
  const std::string map = registers(1);
  for (int run = 0; run < 3; ++run) {
    for (std::size_t offset = 0x10; offset < map.size(); offset += 4) {
      write_registers(host, kUnitBase + offset, map.substr(offset, 4));
    }
    write_registers(host, kUnitBase, map.substr(0, 4));
    CHECK_EQUAL(wait_until_done(host) & 2, 2u);
    write_registers(host, kUnitBase, std::string("\x10\0\0\0", 4));
    CHECK_EQUAL(read_register(host, kUnitBase), 4u);
    const std::uint32_t counters[] = {1020, 180, 140, 624, 0};
    for (std::uint32_t i = 0; i < 5; ++i) {
      CHECK_EQUAL(read_register(host, kUnitBase + 0xC0 + 8 * i), counters[i]);
      CHECK_EQUAL(read_register(host, kUnitBase + 0xC4 + 8 * i), 0u);
    }
  }
  CHECK(copy_from_device(host, kResultAddress, kResultBytes) == expected_result());

  close_device(host, false);
  const std::vector<char> header = host.receive_from_device(emulator::kRequestHeaderBytes);
  CHECK(std::string(header.data(), header.size()) ==
        std::string("\x09\0\0\0\0\0\0\0\0\x15\x01\0\0\0", 14));
  CHECK_EQUAL(host.wait_for_end(), 0);
}

TEST(register_calls_of_single_ips) {
  FakeHost host(emulator_path, kMetadata);
  const std::string value("\x12\x34\x56\x78", 4);
  host.call(Api::kRegWrite, message().number(1, kUnitBase).number(2, 0x40).bytes(3, value));
  const Answer answer =
      host.call(Api::kRegRead, message().number(1, kUnitBase).number(2, 0x40).number(3, 4));
  CHECK_EQUAL(answer.message.bytes(2), value);
}

TEST(a_bad_library_is_answered_not_loaded) {
  FakeHost host(emulator_path);
  CHECK(!load(host, emulator_path));
  CHECK(!load(host, host.folder() + "/none"));
  CHECK(load(host, kernels_path));
}

TEST(ends_when_the_host_hangs_up) {
  FakeHost idle(emulator_path);
  idle.hang_up();
  CHECK_EQUAL(idle.wait_for_end(), 0);

  FakeHost within(emulator_path);
  within.send(std::string("\x09\0\0", 3));
  within.hang_up();
  CHECK_EQUAL(within.wait_for_end(), 3);
}

TEST(ends_while_a_kernel_runs) {
  FakeHost host(emulator_path, kMetadata);
  std::string map = registers(1);
  const std::int32_t many = 1000000;
  std::memcpy(&map[0x40], &many, sizeof many);
  write_registers(host, kUnitBase, map);
  CHECK_EQUAL(read_register(host, kUnitBase), 1u);
  host.hang_up();
  CHECK_EQUAL(host.wait_for_end(), 0);
}

TEST(killed) {
  FakeHost host(emulator_path, kMetadata);
  CHECK_EQUAL(kill(host.process(), SIGKILL), 0);
  CHECK_EQUAL(host.wait_for_end(), 128 + SIGKILL);
  bool answered = true;
  try {
    read_register(host, kUnitBase);
  } catch (const std::runtime_error &) {
    answered = false;
  }
  CHECK(!answered);
}

TEST(malformed_frames) {
  const std::string frames[] = {
      std::string(14, '\0'), std::string("\x09\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x15\x04\0\0\0", 14),
      std::string("\x09\x02\0\0\0\0\0\0\0\x15\x0b\0\0\0\xFF\xFF", 16),
      std::string("\x09\x02\0\0\0\0\0\0\0\x15\x0b\0\0\0\x22\x7F", 16),
      std::string("\x09\0\0\0\0\0\0\0\0\x15\x63\0\0\0", 14)};
  for (const std::string &frame : frames) {
    FakeHost host(emulator_path);
    host.send(frame);
    CHECK_EQUAL(host.wait_for_end(), 3);
  }
}

TEST(requests_outside_the_device) {
  const std::uint64_t end = std::uint64_t{64} << 30;
  check_rejected(Api::kAllocDeviceBuffer, message().number(1, end).number(2, 1));
  check_rejected(Api::kAllocDeviceBuffer, message().number(1, 4096).number(2, ~std::uint64_t{0}));
  check_rejected(Api::kCopyBufferHost2Device,
                 message().number(3, end - 2).bytes(4, "abc").number(5, 3));
  check_rejected(Api::kCopyBufferHost2Device, message().number(3, 0).bytes(4, "abc").number(5, 4));
  check_rejected(Api::kCopyBufferDevice2Host, message().number(4, end - 2).number(5, 3));
  check_rejected(Api::kCopyBufferDevice2Host, message().number(4, 0).number(5, end));
  check_rejected(Api::kReadAddrKernelCtrl, message().number(2, kUnitBase + 0xFFFE).number(3, 4));
  check_rejected(Api::kReadAddrKernelCtrl, message().number(2, kUnitBase + 0xFFFC).number(3, 8));
  check_rejected(Api::kReadAddrKernelCtrl, message().number(2, 0x1000).number(3, 4));
  check_rejected(Api::kReadAddrKernelCtrl, message().number(3, 4));
  check_rejected(Api::kWriteAddrKernelCtrl,
                 message().number(2, kUnitBase).number(3, 3).bytes(4, "abc"));
  check_rejected(static_cast<Api>(38), message());
}

TEST(arguments_outside_the_limits) {
  const struct {
    std::size_t offset;
    std::uint32_t value;
  } changes[] = {{0x40, 0},      {0x40, 0xFFFFFFFF}, {0x48, 131072}, {0x10, 1},
                 {0x14, 0x1000}, {0x78, 0},          {0x78, 3},      {0x78, 16}};
  for (const auto &change : changes) {
    std::string map = registers(1);
    std::memcpy(&map[change.offset], &change.value, sizeof change.value);
    check_rejected(Api::kWriteAddrKernelCtrl,
                   message().number(2, kUnitBase).number(3, map.size()).bytes(4, map));
  }
}

TEST(a_kernel_that_leaves_the_memory) {
  FakeHost host(emulator_path, kMetadata);
  std::string map = registers(1);
  const std::uint64_t near_end = (std::uint64_t{64} << 30) - 4096;
  std::memcpy(&map[0x10], &near_end, sizeof near_end);
  const std::int32_t many = 1048576;
  std::memcpy(&map[0x40], &many, sizeof many);
  const auto start = message().number(2, kUnitBase).number(3, map.size()).bytes(4, map);
  try {
    host.call(Api::kWriteAddrKernelCtrl, start);
  } catch (const std::runtime_error &) {
    // The kernel was faster than the answer.
  }
  CHECK_EQUAL(host.wait_for_end(), 4);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    std::cerr << "usage: emulator_test EMULATOR LIBRARY" << std::endl;
    return 2;
  }
  emulator_path = argv[1];
  kernels_path = argv[2];
  return check::run_tests();
}
