// SPDX-License-Identifier: Apache-2.0
#pragma once

// What calls of a Verilated kernel take, by its own cycle counters; their results are checked.

#include <memory>
#include <string>

#include "call_cycles.hpp"
#include "kernel_runs.hpp"

namespace roofline {

/// A kernel that can be asked for one call after another.
class SimulatedCycles {
 public:
  virtual ~SimulatedCycles() = default;

  /// Cycles of a call from idle. \param resident whether a call before has left its B
  /// Throws std::runtime_error if C is wrong.
  virtual std::int64_t cycles(const Shape &shape, bool resident) = 0;
};

/// \tparam Model a Verilated kernel
/// \tparam Call as of rtl::KernelRuns
template <typename Model, typename Call>
class KernelCycles : public SimulatedCycles {
 public:
  explicit KernelCycles(Kernel kernel)
      : calls_(simulation_, *fabriq::kernel_descriptor(static_cast<int>(kernel))) {}

  std::int64_t cycles(const Shape &shape, bool resident) override {
    Call call(problems::parse_problem(std::to_string(shape.m) + " " + std::to_string(shape.k) +
                                      " " + std::to_string(shape.n) + " random"),
              memory_, 0, next_id_++);
    run(call);
    if (resident) {
      call.clear_c();
      run(call);
    }
    return static_cast<std::int64_t>(calls_.counter(fabriq::kBusyCycles));
  }

 private:
  void run(Call &call) {
    calls_.set(call.arguments());
    calls_.start();
    calls_.wait_done(call.patience());
    if (call.mismatches() != 0) {
      throw std::runtime_error("C is wrong");
    }
  }

  rtl::RegionMemory memory_;
  rtl::KernelSimulation<Model> simulation_{memory_, rtl::unshared()};
  rtl::KernelCalls<Model> calls_;
  std::uint32_t next_id_ = 1;
};

/// The configuration that is simulated: "zynq".
const char *simulated_configuration();

/// On memory that moves a beat per cycle at each port.
std::unique_ptr<SimulatedCycles> simulate(Kernel kernel);

}  // namespace roofline
