// SPDX-License-Identifier: Apache-2.0
#pragma once

// Answers the calls of the emulation protocol: the memory and the compute units behind them.

#include <memory>
#include <string_view>
#include <vector>

#include "channel.hpp"
#include "compute_units.hpp"
#include "device_memory.hpp"
#include "wire.hpp"

namespace emulator {

enum class Mode {
  kSoftware,  // sw_emu: LoadBitstream brings kernels and design; Close with closeall ends it
  kHardware   // hw_emu: the design is there from the start; every Close ends it
};

class Device {
 public:
  /// \param units of a design that is there from the start, or nullptr
  Device(Mode mode, DeviceMemory &memory, std::unique_ptr<ComputeUnits> units);

  /// \return the body of the answer. Throws ProtocolError, naming the call, if the request is
  /// malformed, unknown or leaves the device.
  std::vector<std::uint8_t> answer(const Request &request);

  /// Whether the host has closed the device.
  bool closed() const { return closed_; }

  /// The host leaves, with a Close or without.
  void end();

 private:
  MessageWriter dispatch(Api api, const Message &request);
  void close(const Message &request);
  bool load(const Message &request);
  MessageWriter read_memory(std::uint64_t address, std::uint64_t bytes, std::uint64_t first_field);
  void write_registers(std::uint64_t address, std::string_view data);
  MessageWriter read_registers(std::uint64_t address, std::uint64_t bytes);
  ComputeUnits &units();

  const Mode mode_;
  DeviceMemory &memory_;
  std::unique_ptr<ComputeUnits> units_;
  bool closed_ = false;
};

}  // namespace emulator
