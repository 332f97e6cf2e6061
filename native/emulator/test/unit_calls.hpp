// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a host does with the compute unit and the memory of an emulated device.

#include <cstring>
#include <string>

#include "../../test/check.hpp"
#include "fake_host.hpp"
#include "small_matmul.hpp"

namespace emulator_test {

inline MessageWriter message() { return MessageWriter(); }

inline void write_registers(FakeHost &host, std::uint64_t address, const std::string &data) {
  const auto request = message().number(2, address).number(3, data.size()).bytes(4, data);
  CHECK_EQUAL(host.call(Api::kWriteAddrKernelCtrl, request).message.number(1), 1u);
}

inline std::uint32_t read_register(FakeHost &host, std::uint64_t address) {
  const Answer answer =
      host.call(Api::kReadAddrKernelCtrl, message().number(2, address).number(3, 4));
  CHECK_EQUAL(answer.message.number(1), 1u);
  CHECK_EQUAL(answer.message.bytes(2).size(), 4u);
  std::uint32_t value = 0;
  std::memcpy(&value, answer.message.bytes(2).data(), sizeof value);
  return value;
}

inline void copy_to_device(FakeHost &host, std::uint64_t address, std::string_view bytes) {
  host.call(Api::kAllocDeviceBuffer, message().number(1, address).number(2, bytes.size()));
  const auto request = message()
                           .bytes(2, "")
                           .number(3, address)
                           .bytes(4, bytes)
                           .number(5, bytes.size())
                           .number(6, 0);
  CHECK_EQUAL(host.call(Api::kCopyBufferHost2Device, request).message.number(1), bytes.size());
}

inline std::string copy_from_device(FakeHost &host, std::uint64_t address, std::uint64_t bytes) {
  const Answer answer = host.call(Api::kCopyBufferDevice2Host,
                                  message().number(4, address).number(5, bytes).number(6, 0));
  CHECK_EQUAL(answer.message.number(1), bytes);
  return std::string(answer.message.bytes(2));
}

/// Polls until the unit is done. \return its control register then
inline std::uint32_t wait_until_done(FakeHost &host) {
  for (;;) {
    const std::uint32_t status = read_register(host, kUnitBase);
    if ((status & 2) != 0) {
      return status;
    }
  }
}

}  // namespace emulator_test
