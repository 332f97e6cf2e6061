// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "error.hpp"
#include "simulation_options.hpp"

namespace fabriq {

enum class Emulation { kNone, kSoftware, kHardware };

/// What XRT calls a mode, as in XCL_EMULATION_MODE; "hardware" for a board.
const char *emulation_name(Emulation emulation);

/// Which board or emulation, with which xclbin: "xrt:0?xclbin=FILE", "xrt:0000:03:00.1?...",
/// "opencl:sw_emu?...". Options:
///   xclbin  the xclbin's file, absolute or relative to the working directory
///   cu      compute units of each kernel to use, 1 .. 64 (default: all that the xclbin has)
/// hw_emu has those of fabriq/simulation_settings.hpp too.
struct BoardAddress {
  std::string uri_name;  // "xrt:0"
  std::string board;     // index or bus address; "" in emulation
  Emulation emulation;
  std::string xclbin;
  int compute_units;     // 0: all
  Variables simulation;  // of the device process

  /// How long the device process may take to end; it may have a file of waveforms to complete.
  std::chrono::seconds close_time() const {
    return std::chrono::seconds(simulation.empty() ? 1 : 10);
  }

  static BoardAddress parse(DeviceUri &uri);

  /// FABRIQ_UNAVAILABLE if the xclbin has fewer compute units of a kernel than are wanted.
  void check_compute_units(const std::string &kernel, std::size_t found) const {
    if (static_cast<std::size_t>(compute_units) > found) {
      throw Error(FABRIQ_UNAVAILABLE, "cu is " + std::to_string(compute_units) + " but " + xclbin +
                                          " has " + std::to_string(found) + " compute units of " +
                                          kernel + "; use at most these, or an xclbin with more");
    }
  }
};

}  // namespace fabriq
