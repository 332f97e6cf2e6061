// SPDX-License-Identifier: Apache-2.0
#include "open_device.hpp"

#include <mutex>

#include "device_library.hpp"
#include "device_uri.hpp"
#include "emulated_device.hpp"
#include "emulation_environment.hpp"
#include "error.hpp"
#include "loaded_device.hpp"
#include "reopening_device.hpp"

namespace fabriq {
namespace {

std::unique_ptr<ResettableDevice> open_board(DeviceUri &uri, const std::string &library,
                                             const std::string &remedy) {
  const BoardAddress address = BoardAddress::parse(uri);
  enter_xrt_mode(address.emulation);
  const DeviceTable &table = load_device_library(library, remedy);
  return open_reopening_device([=, &table] {
    // A new device process learns its socket and its settings from the environment.
    static std::mutex mutex;
    const std::lock_guard<std::mutex> lock(mutex);
    enter_xrt_mode(address.emulation);
    const ScopedVariables variables(address.simulation);
    return open_loaded_device(table, address);
  });
}

}  // namespace

std::unique_ptr<ResettableDevice> open_device(const std::string &uri) {
  DeviceUri parsed(uri);
  if (parsed.name() == "emulation") {
    return open_emulated_device(parsed);
  }
  if (parsed.scheme() == "xrt") {
    return open_board(
        parsed, "libfabriq_xrt.so",
        "install XRT (in Debian the package libxrt1), and FabriQ built with libxrt-dev");
  }
  if (parsed.scheme() == "opencl") {
    return open_board(parsed, "libfabriq_opencl.so",
                      "install the packages ocl-icd-libopencl1 and libxrt1, and FabriQ built with "
                      "ocl-icd-opencl-dev");
  }
  throw Error(FABRIQ_UNKNOWN_DEVICE,
              "there is no device \"" + parsed.name() +
                  "\"; use one of: emulation, xrt:sw_emu, xrt:hw_emu, xrt:0, opencl:sw_emu, "
                  "opencl:hw_emu, opencl:0");
}

}  // namespace fabriq
