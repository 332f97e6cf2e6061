// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cycles of a call as its host sees them at the buses: from the write of ap_start until the last
// write's response.

#include <cstdint>

#include "kernel_simulation.hpp"

namespace network {

template <typename Model>
class LaunchCycles : public rtl::ClockObserver {
 public:
  /// Both outlive this.
  explicit LaunchCycles(rtl::KernelSimulation<Model> &simulation) : simulation_(simulation) {
    simulation.observe(*this);
  }

  void half_cycle() override {
    const Model &model = simulation_.model();
    if (model.ap_clk != 0) {
      return;
    }
    if (model.s_axi_control_awvalid && model.s_axi_control_awready &&
        model.s_axi_control_awaddr == 0 && (model.s_axi_control_wdata & 1) != 0) {
      start_ = simulation_.cycles();
    }
    if (model.m_axi_gmem_results_bvalid && model.m_axi_gmem_results_bready) {
      end_ = simulation_.cycles();
    }
  }

  /// Of the last call.
  std::uint64_t count() const { return end_ - start_ + 1; }

  /// When it ended.
  std::uint64_t end() const { return end_; }

 private:
  rtl::KernelSimulation<Model> &simulation_;
  std::uint64_t start_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace network
