// SPDX-License-Identifier: Apache-2.0
#include "open_device.hpp"

#include "device_uri.hpp"
#include "emulated_device.hpp"
#include "error.hpp"

namespace fabriq {

std::unique_ptr<Device> open_device(const std::string &uri) {
  DeviceUri parsed(uri);
  if (parsed.name() == "emulation") {
    return open_emulated_device(parsed);
  }
  throw Error(FABRIQ_UNKNOWN_DEVICE,
              "there is no device \"" + parsed.name() + "\"; use one of: emulation");
}

}  // namespace fabriq
