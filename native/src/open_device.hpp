// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "fabriq/device.hpp"

namespace fabriq {

/// Opens the device that a URI names.
std::unique_ptr<ResettableDevice> open_device(const std::string &uri);

}  // namespace fabriq
