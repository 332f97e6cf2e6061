// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "device_table.hpp"

namespace fabriq {

/// The table of a library whose devices the given function opens.
DeviceTable exported_devices(std::unique_ptr<Device> (*open)(const BoardAddress &address));

}  // namespace fabriq
