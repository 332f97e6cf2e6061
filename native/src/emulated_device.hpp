// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "device_uri.hpp"
#include "fabriq/device.hpp"

namespace fabriq {

/// The host-compiled kernels, run in this process by worker threads. Options:
///   threads  compute units, 1 .. 64 (default: one per processor)
///   stall    delays the start of each kernel, 0s .. 60s (default: 0s), to try out deadlines
std::unique_ptr<ResettableDevice> open_emulated_device(DeviceUri &uri);

}  // namespace fabriq
