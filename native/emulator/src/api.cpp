// SPDX-License-Identifier: Apache-2.0
#include "api.hpp"

namespace emulator {
namespace {

constexpr std::uint8_t kSizeTag = 0x09;  // field 1, fixed64
constexpr std::uint8_t kApiTag = 0x15;   // field 2, fixed32

std::uint64_t load(const std::uint8_t *bytes, int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) {
    value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
  }
  return value;
}

void store(std::uint64_t value, int count, std::uint8_t *bytes) {
  for (int i = 0; i < count; ++i) {
    bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
}

}  // namespace

const char *api_name(std::uint32_t api) {
  switch (static_cast<Api>(api)) {
    case Api::kClose:
      return "Close";
    case Api::kLoadBitstream:
      return "LoadBitstream";
    case Api::kAllocDeviceBuffer:
      return "AllocDeviceBuffer";
    case Api::kFreeDeviceBuffer:
      return "FreeDeviceBuffer";
    case Api::kCopyBufferHost2Device:
      return "CopyBufferHost2Device";
    case Api::kCopyBufferDevice2Host:
      return "CopyBufferDevice2Host";
    case Api::kWriteAddrSpaceDeviceRam:
      return "WriteAddrSpaceDeviceRam";
    case Api::kWriteAddrKernelCtrl:
      return "WriteAddrKernelCtrl";
    case Api::kReadAddrSpaceDeviceRam:
      return "ReadAddrSpaceDeviceRam";
    case Api::kReadAddrKernelCtrl:
      return "ReadAddrKernelCtrl";
    case Api::kPerfMonReadCounters:
      return "PerfMonReadCounters";
    case Api::kPerfMonGetTraceCount:
      return "PerfMonGetTraceCount";
    case Api::kPerfMonReadTrace:
      return "PerfMonReadTrace";
    case Api::kGetDeviceTimestamp:
      return "GetDeviceTimestamp";
    case Api::kReadBusStatus:
      return "ReadBusStatus";
    case Api::kGetDebugMessages:
      return "GetDebugMessages";
    case Api::kSetEnvironment:
      return "SetEnvironment";
    case Api::kCopyBO:
      return "CopyBO";
    case Api::kImportBO:
      return "ImportBO";
    case Api::kSetupInstance:
      return "SetupInstance";
    case Api::kCopyBOFromFd:
      return "CopyBOFromFd";
    case Api::kRegWrite:
      return "RegWrite";
    case Api::kRegRead:
      return "RegRead";
  }
  return "unknown call";
}

bool read_request_header(const std::uint8_t (&bytes)[kRequestHeaderBytes], RequestHeader *header) {
  header->body_bytes = load(bytes + 1, 8);
  header->api = static_cast<std::uint32_t>(load(bytes + 10, 4));
  return bytes[0] == kSizeTag && bytes[9] == kApiTag;
}

void write_request_header(const RequestHeader &header, std::uint8_t (&bytes)[kRequestHeaderBytes]) {
  bytes[0] = kSizeTag;
  store(header.body_bytes, 8, bytes + 1);
  bytes[9] = kApiTag;
  store(header.api, 4, bytes + 10);
}

bool read_answer_header(const std::uint8_t (&bytes)[kAnswerHeaderBytes],
                        std::uint64_t *body_bytes) {
  *body_bytes = load(bytes + 1, 8);
  return bytes[0] == kSizeTag;
}

void write_answer_header(std::uint64_t body_bytes, std::uint8_t (&bytes)[kAnswerHeaderBytes]) {
  bytes[0] = kSizeTag;
  store(body_bytes, 8, bytes + 1);
}

}  // namespace emulator
