// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "fabriq/device.hpp"

namespace fabriq {

/// A device that is reset by opening it anew: buffers are then allocated again with what was
/// transferred to them, and runs made again. What a run that never ends uses is kept for ever.
/// \param open opens the device; called at once and by each reset
std::unique_ptr<ResettableDevice> open_reopening_device(
    std::function<std::unique_ptr<Device>()> open);

}  // namespace fabriq
