// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernel_simulation.hpp"

namespace rtl {

/// The AXI4 masters of network_i8, for KernelPorts. \tparam Model Verilated
template <typename Model>
struct NetworkPorts {
  static std::vector<ReadPort> reads(Model &model) {
    return {RTL_READ_PORT(model, gmem_program), RTL_READ_PORT(model, gmem_images)};
  }
  static WritePort write(Model &model) { return RTL_WRITE_PORT(model, gmem_results); }
};

}  // namespace rtl
