// SPDX-License-Identifier: Apache-2.0
#pragma once

// The calls of XRT's emulation protocol, by the numbers that xrt/xcl_macros.h gives them.
//
//   host -> device   09 <body bytes, u64 LE> 15 <call, u32 LE>   body
//   device -> host   09 <body bytes, u64 LE>                     body
//
// One request, one answer, over a stream socket on which the host listens. Bodies are protocol
// buffers of fields that wire.hpp reads and writes.

#include <cstddef>
#include <cstdint>

namespace emulator {

enum class Api : std::uint32_t {
  kClose = 1,
  kLoadBitstream = 3,
  kAllocDeviceBuffer = 4,
  kFreeDeviceBuffer = 5,
  kCopyBufferHost2Device = 6,
  kCopyBufferDevice2Host = 7,
  kWriteAddrSpaceDeviceRam = 8,
  kWriteAddrKernelCtrl = 9,
  kReadAddrSpaceDeviceRam = 10,
  kReadAddrKernelCtrl = 11,
  kPerfMonReadCounters = 14,
  kPerfMonGetTraceCount = 15,
  kPerfMonReadTrace = 16,
  kGetDeviceTimestamp = 17,
  kReadBusStatus = 18,
  kGetDebugMessages = 19,
  kSetEnvironment = 20,
  kCopyBO = 22,
  kImportBO = 27,
  kSetupInstance = 28,
  kCopyBOFromFd = 50,
  kRegWrite = 51,
  kRegRead = 52
};

/// The call's name, or "unknown call".
const char *api_name(std::uint32_t api);

constexpr std::size_t kRequestHeaderBytes = 14;
constexpr std::size_t kAnswerHeaderBytes = 9;

struct RequestHeader {
  std::uint64_t body_bytes;
  std::uint32_t api;
};

/// \return false if the bytes are not a request header
bool read_request_header(const std::uint8_t (&bytes)[kRequestHeaderBytes], RequestHeader *header);
void write_request_header(const RequestHeader &header, std::uint8_t (&bytes)[kRequestHeaderBytes]);

/// \return false if the bytes are not an answer header
bool read_answer_header(const std::uint8_t (&bytes)[kAnswerHeaderBytes], std::uint64_t *body_bytes);
void write_answer_header(std::uint64_t body_bytes, std::uint8_t (&bytes)[kAnswerHeaderBytes]);

}  // namespace emulator
