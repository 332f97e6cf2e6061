// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "device_table.hpp"

namespace fabriq {

/// Opens a device of a loaded library; its errors are this library's exceptions again.
std::unique_ptr<Device> open_loaded_device(const DeviceTable &table, const BoardAddress &address);

}  // namespace fabriq
