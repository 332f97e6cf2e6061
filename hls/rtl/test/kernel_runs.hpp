// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs problems on one instance of a simulated kernel: a list one by one, or calls in random order
// that overlap, whose weights are resident, evicted or new, on memory that is as it is or changes.

#include <deque>
#include <iostream>
#include <memory>

#include "kernel_calls.hpp"
#include "region_memory.hpp"
#include "testbench.hpp"

namespace rtl {

/// Memory that moves a beat per cycle at each port, however wide.
inline MemoryTiming unshared() {
  MemoryTiming timing;
  timing.bytes_per_cycle = 4 * 64;
  return timing;
}

/// Slow memory whose channels stall at random.
inline MemoryTiming stalling(std::uint64_t seed) {
  MemoryTiming timing;
  timing.read_latency = 5 + static_cast<int>(seed % 90);
  timing.write_latency = 1 + static_cast<int>(seed % 60);
  timing.stall = 0.3;
  timing.seed = seed;
  return timing;
}

/// One port's memory, from as fast as can be to slow and stalling.
inline MemoryTiming random_timing(problems::Random &random) {
  static const double paces[] = {1, 1, 0.6, 0.25};
  static const double stalls[] = {0, 0, 0.1, 0.5};
  MemoryTiming timing;
  timing.read_latency = random.integer(1, 120);
  timing.write_latency = random.integer(1, 80);
  timing.beats_per_cycle = paces[random.integer(0, 3)];
  timing.stall = stalls[random.integer(0, 3)];
  timing.seed = random.bits();
  timing.address_with_data = random.integer(0, 1) == 0;
  return timing;
}

/// \tparam Model a Verilated kernel
/// \tparam Call of a problem: Call(problem, memory, slot, weights_id), arguments(), clear_c(),
/// mismatches(), patience() in cycles
template <typename Model, typename Call>
class KernelRuns {
 public:
  /// \param kernel number of the kernel in fabriq/fabriq.h
  KernelRuns(int kernel, const MemoryTiming &timing)
      : simulation_(memory_, timing), calls_(simulation_, *fabriq::kernel_descriptor(kernel)) {}

  /// One call of each problem. \return those that failed
  int run_list(const std::vector<problems::Problem> &problems) {
    int failed = 0;
    for (const auto &problem : problems) {
      Call call(problem, memory_, 0, next_id_++);
      calls_.set(call.arguments());
      calls_.start();
      calls_.wait_done(call.patience());
      failed += call.mismatches() == 0 ? 0 : 1;
      if (!simulation_.quiet()) {
        std::cout << problem.line << ": ended with bursts under way\n";
        ++failed;
      }
    }
    return failed;
  }

  /// Up to three calls under way, of a few weights each in its own memory.
  /// \param draw a problem from problems::Random
  /// \param uneven before one of eight calls the memory behind one port becomes another
  /// \return calls that failed
  template <typename Draw>
  int run_random(int count, std::uint64_t seed, Draw draw, bool uneven = false) {
    problems::Random random(seed);
    int failed = 0;
    for (int i = 0; i < count; ++i) {
      if (uneven && random.integer(0, 7) == 0) {
        using Port = typename KernelSimulation<Model>::Port;
        simulation_.set_timing(static_cast<Port>(random.integer(0, 3)), random_timing(random));
      }
      const int slot = random.integer(0, kSlots - 1);
      const auto at = static_cast<std::size_t>(slot);
      while (under_way_[at] != 0) {
        failed += finish();
      }
      if (slots_[at] == nullptr || random.integer(0, 2) == 0) {
        const std::uint32_t id = random.integer(0, 4) == 0 ? 0 : next_id_++;
        slots_[at] = std::make_unique<Call>(draw(random), memory_, slot, id);
      }
      slots_[at]->clear_c();
      const int repetitions = random.integer(0, 3) == 0 ? 2 : 1;  // overlapping itself
      for (int r = 0; r < repetitions; ++r) {
        calls_.set(slots_[at]->arguments());
        calls_.start();
        calls_.wait_taken(3 * patience_ + slots_[at]->patience());
        patience_ = std::max(patience_, slots_[at]->patience());
        ++under_way_[at];
        order_.push_back(slot);
        while (order_.size() >= static_cast<std::size_t>(random.integer(1, 3))) {
          failed += finish();
        }
      }
    }
    while (!order_.empty()) {
      failed += finish();
    }
    return failed;
  }

  KernelSimulation<Model> &simulation() { return simulation_; }
  KernelCalls<Model> &calls() { return calls_; }
  RegionMemory &memory() { return memory_; }

 private:
  static constexpr int kSlots = 6;

  int finish() {
    const auto slot = static_cast<std::size_t>(order_.front());
    order_.pop_front();
    --under_way_[slot];
    calls_.wait_done(4 * patience_);
    return slots_[slot]->mismatches() == 0 ? 0 : 1;
  }

  RegionMemory memory_;
  KernelSimulation<Model> simulation_;
  KernelCalls<Model> calls_;
  std::uint32_t next_id_ = 1;
  std::array<std::unique_ptr<Call>, kSlots> slots_;
  std::array<int, kSlots> under_way_{};
  std::deque<int> order_;
  std::uint64_t patience_ = 0;  // of the longest call so far
};

}  // namespace rtl
