// SPDX-License-Identifier: Apache-2.0
#include "local_answer.hpp"

#include <algorithm>
#include <string>

#include "api.hpp"
#include "wire.hpp"

namespace driver {
namespace {

constexpr char kDoneAndIdle = 6;
constexpr std::uint64_t kLargestRead = 4096;
constexpr std::uint8_t kMore = 0x80;  // another byte of the varint follows

/// The `size` field of a register read, or 4.
std::uint64_t read_size(std::string_view request) {
  try {
    const std::uint64_t size = emulator::Message(request).number(3);
    return size == 0 ? 4 : std::min(size, kLargestRead);
  } catch (const emulator::ProtocolError &) {
    return 4;
  }
}

}  // namespace

std::vector<std::uint8_t> local_answer(std::uint32_t api, std::string_view request) {
  using emulator::Api;
  emulator::MessageWriter answer;
  switch (static_cast<Api>(api)) {
    case Api::kCopyBufferDevice2Host:
      answer.number(1, 0).bytes(2, "");
      break;
    case Api::kReadAddrKernelCtrl:
    case Api::kReadAddrSpaceDeviceRam:
    case Api::kRegRead: {
      std::string registers(static_cast<std::size_t>(read_size(request)), '\0');
      registers[0] = kDoneAndIdle;
      answer.number(1, 1).bytes(2, registers);
      break;
    }
    case Api::kGetDebugMessages:
      answer.bytes(1, "").bytes(2, "").bytes(3, "");
      break;
    default:
      answer.number(1, 1);
  }
  return answer.message();
}

std::vector<std::uint8_t> local_answer(std::uint32_t api, std::string_view request,
                                       std::size_t size) {
  constexpr std::uint8_t kVarintOfField15 = 0x78;
  constexpr std::uint8_t kBytesOfField15 = 0x7A;
  constexpr std::size_t kLengthBytes = 5;
  std::vector<std::uint8_t> answer = local_answer(api, request);
  const std::size_t filling = size > answer.size() ? size - answer.size() : 0;
  if (filling == 1) {
    answer[1] |= kMore;
    answer.insert(answer.begin() + 2, 0);
  } else if (filling > kLengthBytes) {
    std::size_t length = filling - 1 - kLengthBytes;
    answer.push_back(kBytesOfField15);
    for (std::size_t i = 1; i < kLengthBytes; ++i, length >>= 7) {
      answer.push_back(static_cast<std::uint8_t>(length | kMore));
    }
    answer.push_back(static_cast<std::uint8_t>(length));
  } else if (filling > 0) {
    answer.push_back(kVarintOfField15);
    answer.resize(answer.size() + filling - 2, kMore);
  }
  answer.resize(size);
  return answer;
}

}  // namespace driver
