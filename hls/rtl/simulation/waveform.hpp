// SPDX-License-Identifier: Apache-2.0
#pragma once

// The waveforms of Verilated kernels in one FST file, which GTKWave and Surfer show. A cycle of any
// kernel is 10 ns there (100 MHz): kernels that were at work at the same time alternate.
//
// Of what is recorded, the file holds what was flushed; the rest is in memory and not yet
// compressed. So that the file stays within its limit, the next flush is planned by what cycles
// took so far, and recording ends when too little room is left for another part. The closed file
// tells in the field of its header for the simulator's version how far it got:
//
//   fabriq: CYCLES cycles, CALLS calls, whole       all that happened
//   fabriq: CYCLES cycles, CALLS calls, limited     what fitted the limit

#include <verilated_fst_c.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel_simulation.hpp"

namespace rtl {

class Waveform : public ClockObserver {
 public:
  /// \param limit bytes that the file stays within, at least 8 MiB
  /// Throws std::runtime_error if the file cannot be written.
  Waveform(std::string file, std::uint64_t limit);

  /// What models that are added must be made in.
  const std::shared_ptr<VerilatedContext> &context() const { return context_; }

  /// Before the first open(); the model must live until then. \tparam Model was Verilated with
  /// --trace-fst
  template <typename Model>
  void add(Model &model) {
    connect_.push_back([this, &model] { model.trace(&fst_, kAllLevels); });
  }

  /// What happens from now on is recorded; no effect when it is already. Throws std::runtime_error
  /// if the file cannot be written.
  void open();

  void half_cycle() override;

  /// A kernel is started.
  void count_call() { calls_ += fst_.isOpen() ? 1 : 0; }

  /// Completes the file; nothing is recorded after it. No effect when it is closed.
  void close();

 private:
  static constexpr int kAllLevels = 99;
  static constexpr std::uint64_t kHalfCycle = 5;  // ns

  void plan_flush();
  void finish(const char *how);

  std::string file_;
  std::uint64_t limit_;
  std::shared_ptr<VerilatedContext> context_ = std::make_shared<VerilatedContext>();
  VerilatedFstC fst_;
  // Later Verilators connect every model of the context at the first call, and ignore the others:
  // it must come when all models are there.
  std::vector<std::function<void()>> connect_;
  std::uint64_t time_ = 0;
  std::uint64_t flush_at_ = 0;
  std::uint64_t flushed_bytes_ = 0;
  std::uint64_t flushed_time_ = 0;
  std::uint64_t calls_ = 0;
  bool closed_ = false;
};

}  // namespace rtl
