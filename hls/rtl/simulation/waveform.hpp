// SPDX-License-Identifier: Apache-2.0
#pragma once

// The waveforms of Verilated kernels in one FST file, which GTKWave and Surfer show. A cycle of any
// kernel is 10 ns there (100 MHz): kernels that were at work at the same time alternate.

#include <verilated_fst_c.h>

#include <cstdint>
#include <memory>
#include <string>

#include "kernel_simulation.hpp"

namespace rtl {

class Waveform : public ClockObserver {
 public:
  /// Throws std::runtime_error if the file cannot be written.
  explicit Waveform(std::string file);

  /// What models that are added must be made in.
  const std::shared_ptr<VerilatedContext> &context() const { return context_; }

  /// Before the first open(). \tparam Model was Verilated with --trace-fst
  template <typename Model>
  void add(Model &model) {
    model.trace(&fst_, kAllLevels);
  }

  /// What happens from now on is recorded; no effect when it is already. Throws std::runtime_error
  /// if the file cannot be written.
  void open();

  void half_cycle() override;

  /// Completes the file; nothing is recorded after it. No effect when it is closed.
  void close();

 private:
  static constexpr int kAllLevels = 99;
  static constexpr std::uint64_t kHalfCycle = 5;  // ns

  std::string file_;
  std::shared_ptr<VerilatedContext> context_ = std::make_shared<VerilatedContext>();
  VerilatedFstC fst_;
  std::uint64_t time_ = 0;
  bool closed_ = false;
};

}  // namespace rtl
