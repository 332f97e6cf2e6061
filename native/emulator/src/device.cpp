// SPDX-License-Identifier: Apache-2.0
#include "device.hpp"

#include <chrono>
#include <cstring>
#include <iostream>

#include "kernel_models.hpp"

namespace emulator {
namespace {

constexpr std::uint64_t kLargestTransfer = std::uint64_t{1} << 30;
constexpr std::uint64_t kLargestRegisterRead = 4096;

MessageWriter acknowledgement(bool value = true) {
  MessageWriter answer;
  answer.number(1, value ? 1 : 0);
  return answer;
}

std::uint64_t nanoseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

/// The bytes of a transfer whose size is also told. Throws ProtocolError if the two differ.
std::string_view data_of(const Message &request, std::uint32_t data, std::uint32_t size) {
  const std::string_view bytes = request.bytes(data);
  if (request.required_number(size) != bytes.size()) {
    throw ProtocolError("a size of " + std::to_string(request.number(size)) + " comes with " +
                        std::to_string(bytes.size()) + " bytes");
  }
  return bytes;
}

}  // namespace

Device::Device(Mode mode, DeviceMemory &memory, std::unique_ptr<ComputeUnits> units)
    : mode_(mode), memory_(memory), units_(std::move(units)) {}

std::vector<std::uint8_t> Device::answer(const Request &request) {
  try {
    const Message message(std::string_view(request.body.data(), request.body.size()));
    return dispatch(static_cast<Api>(request.api), message).message();
  } catch (const ProtocolError &error) {
    throw ProtocolError(std::string(api_name(request.api)) + " (" + std::to_string(request.api) +
                        "): " + error.what());
  }
}

MessageWriter Device::dispatch(Api api, const Message &request) {
  switch (api) {
    case Api::kClose:
      close(request);
      return acknowledgement();
    case Api::kLoadBitstream:
      return acknowledgement(load(request));
    case Api::kAllocDeviceBuffer:
      memory_.at(request.required_number(1), request.required_number(2));
      return acknowledgement().bytes(2, "");
    case Api::kFreeDeviceBuffer:
      memory_.at(request.required_number(1), 0);
      return acknowledgement();
    case Api::kCopyBufferHost2Device: {
      const std::string_view data = data_of(request, 4, 5);
      memory_.write(request.required_number(3), data);
      return MessageWriter().number(1, data.size());
    }
    case Api::kCopyBufferDevice2Host:
      return read_memory(request.required_number(4), request.required_number(5), request.number(5));
    case Api::kWriteAddrSpaceDeviceRam:
      memory_.write(request.required_number(2), data_of(request, 4, 3));
      return acknowledgement();
    case Api::kReadAddrSpaceDeviceRam:
      return read_memory(request.required_number(2), request.required_number(3), 1);
    case Api::kWriteAddrKernelCtrl:
      write_registers(request.required_number(2), data_of(request, 4, 3));
      return acknowledgement();
    case Api::kReadAddrKernelCtrl:
      return read_registers(request.required_number(2), request.required_number(3));
    case Api::kRegWrite:
      write_registers(request.required_number(1) + request.required_number(2), request.bytes(3));
      return acknowledgement();
    case Api::kRegRead:
      return read_registers(request.required_number(1) + request.required_number(2),
                            request.required_number(3));
    case Api::kGetDeviceTimestamp:
      return MessageWriter().number(1, nanoseconds());
    case Api::kGetDebugMessages:
      return MessageWriter().bytes(1, "").bytes(2, "").bytes(3, "");
    case Api::kPerfMonReadCounters:
    case Api::kPerfMonGetTraceCount:
    case Api::kPerfMonReadTrace:
    case Api::kReadBusStatus:
      return MessageWriter();
    case Api::kSetEnvironment:
    case Api::kSetupInstance:
      return acknowledgement();
    case Api::kCopyBO:
    case Api::kImportBO:
    case Api::kCopyBOFromFd:
      return acknowledgement(false);
  }
  throw ProtocolError("the emulator does not know this call");
}

void Device::close(const Message &request) {
  closed_ = mode_ == Mode::kHardware || request.number(3) != 0;
  if (mode_ == Mode::kSoftware) {
    units_.reset();
  }
  end();
}

void Device::end() {
  if (units_ != nullptr) {
    units_->end();
  }
}

bool Device::load(const Message &request) {
  units_.reset();
  const std::string metadata(request.bytes(1));
  const std::string library(request.bytes(2));
  if (metadata.empty() && library.empty()) {
    return true;
  }
  try {
    units_ = std::make_unique<ComputeUnits>(
        read_design(read_text(metadata)),
        library_models(load_kernel_library(library), memory_, nullptr));
    return true;
  } catch (const std::runtime_error &error) {
    std::cerr << "fabriq_emulator: " << error.what() << std::endl;
    return false;
  }
}

MessageWriter Device::read_memory(std::uint64_t address, std::uint64_t bytes,
                                  std::uint64_t first_field) {
  if (bytes > kLargestTransfer) {
    throw ProtocolError("a transfer of " + std::to_string(bytes) + " bytes is larger than " +
                        std::to_string(kLargestTransfer));
  }
  const std::uint8_t *from = memory_.at(address, bytes);
  MessageWriter answer;
  answer.number(1, first_field);
  std::uint8_t *to = answer.bytes(2, static_cast<std::size_t>(bytes));
  if (bytes > 0) {
    std::memcpy(to, from, static_cast<std::size_t>(bytes));
  }
  return answer;
}

void Device::write_registers(std::uint64_t address, std::string_view data) {
  units().write(address, data);
}

MessageWriter Device::read_registers(std::uint64_t address, std::uint64_t bytes) {
  if (bytes > kLargestRegisterRead) {
    throw ProtocolError("a read of " + std::to_string(bytes) + " register bytes is larger than " +
                        std::to_string(kLargestRegisterRead));
  }
  MessageWriter answer;
  answer.number(1, 1);
  units().read(address, answer.bytes(2, static_cast<std::size_t>(bytes)), bytes);
  return answer;
}

ComputeUnits &Device::units() {
  if (units_ == nullptr) {
    throw ProtocolError("no design is loaded");
  }
  return *units_;
}

}  // namespace emulator
