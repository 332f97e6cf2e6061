// SPDX-License-Identifier: Apache-2.0
#pragma once

// The border between libfabriq.so and a library that has one kind of device (libfabriq_xrt.so,
// libfabriq_opencl.so). No exception crosses it: libfabriq.so has a C++ runtime of its own.

#include "board_address.hpp"
#include "error.hpp"
#include "fabriq/device.hpp"

namespace fabriq {

/// How a call across the border ended: FABRIQ_OK, or an error with its text.
struct Outcome {
  fabriq_status status;
  char text[508];
};

/// Device, Buffer and Run with an Outcome instead of exceptions. What is not here (host(), bytes(),
/// times(), description() and the destructors) does not throw and is called directly.
struct DeviceTable {
  const char *build;  // of the library; must be the caller's
  Device *(*open)(const BoardAddress &address, Outcome &outcome);
  Buffer *(*allocate)(Device &device, const KernelDescriptor &kernel, int argument,
                      std::size_t bytes, Clock::time_point deadline, Outcome &outcome);
  Run *(*create_run)(Device &device, const KernelDescriptor &kernel, Outcome &outcome);
  void (*close)(Device &device, Outcome &outcome);
  void (*to_device)(Buffer &buffer, std::size_t bytes, Clock::time_point deadline,
                    Outcome &outcome);
  void (*from_device)(Buffer &buffer, std::size_t bytes, Clock::time_point deadline,
                      Outcome &outcome);
  void (*set_buffer)(Run &run, int argument, Buffer &buffer, Outcome &outcome);
  void (*set_value)(Run &run, int argument, std::int32_t value, Outcome &outcome);
  void (*start)(Run &run, Outcome &outcome);
  RunState (*wait)(Run &run, Clock::time_point deadline, Outcome &outcome);
};

/// The one symbol of such a library; a const DeviceTable.
constexpr const char *kDeviceTableSymbol = "fabriq_device_table";

}  // namespace fabriq
