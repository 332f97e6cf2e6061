// SPDX-License-Identifier: Apache-2.0
#pragma once

// Calls of the simulated network_i8, the model NETWORK_MODEL of NETWORK_MODEL_HEADER: programs,
// images and results in simulated memory.

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "../region_memory.hpp"
#include NETWORK_MODEL_HEADER
#include "kernel_simulation.hpp"
#include "launch_cycles.hpp"
#include "network_arguments.hpp"
#include "network_calls.hpp"
#include "network_ports.hpp"
#include "planner.hpp"
#include "target_pkg.hpp"

namespace rtl {

template <>
struct KernelPorts<NETWORK_MODEL> : NetworkPorts<NETWORK_MODEL> {};

}  // namespace rtl

namespace network {

/// What the simulated kernel holds.
inline Stores stores_of_target() {
  namespace target = network_i8_target;
  return {target::kWeightEntries, target::kFirstQuarterEntries, target::kTapRows,
          target::kColumnEntries, target::kTables};
}

class NetworkKernel : public NetworkCalls {
 public:
  explicit NetworkKernel(const rtl::MemoryTiming &timing)
      : simulation_(memory_, timing), calls_(simulation_, descriptor()), cycles_(simulation_) {}

  void set_timing(const rtl::MemoryTiming &timing) { simulation_.set_timing(timing); }

  /// From now on there is so much memory behind program, images and results, which wrong programs
  /// may use.
  void set_room(std::size_t bytes) override { room_ = bytes; }

  int weight_entries() const override { return network_i8_target::kFirstQuarterEntries; }
  int tap_rows() const override { return network_i8_target::kTapRows; }

  /// Runs a program once for each of `images`. Throws if it does not end in `patience` cycles, or
  /// writes outside its results.
  /// \param id 0, or that of a program which may be held
  Outcome call(const std::vector<std::uint8_t> &program, const Images &images, int result_words,
               std::uint32_t id, std::uint64_t patience) override {
    begin(program, images, result_words, id);
    calls_.wait_ended(patience);
    if (!simulation_.quiet()) {
      throw std::runtime_error("network_i8 ended before its bursts");
    }
    calls_.acknowledge();
    Outcome outcome = read_report(results_);
    outcome.cycles = cycles_.count();
    const auto words = static_cast<std::size_t>(result_words);
    for (std::size_t i = 0; i < images.size() && room_ == 0; ++i) {
      for (std::size_t byte = 8 * words; byte < pitch(words); ++byte) {
        if (outcome.results[i * pitch(words) + byte] != kUntouched) {
          throw std::runtime_error("network_i8 wrote behind a result");
        }
      }
    }
    if (refused(outcome) && std::any_of(outcome.results.begin(), outcome.results.end(),
                                        [](std::uint8_t byte) { return byte != kUntouched; })) {
      throw std::runtime_error("network_i8 refused a call and wrote results");
    }
    return outcome;
  }

  /// Begins a call, and resets the kernel after so many cycles.
  void interrupt(const std::vector<std::uint8_t> &program, const Images &images, int result_words,
                 std::uint32_t id, int cycles) {
    begin(program, images, result_words, id);
    for (int i = 0; i < cycles; ++i) {
      simulation_.tick();
    }
    simulation_.reset();
  }

 private:
  static constexpr std::uint64_t kProgram = 0x100000000, kImages = 0x200000000,
                                 kResults = 0x300000000;

  void begin(const std::vector<std::uint8_t> &program, const Images &images, int result_words,
             std::uint32_t id) {
    program_ = program;
    input_ = packed(images);
    results_ = results_room(images, result_words);
    results_.resize(results_.size() + room_, kUntouched);
    program_.resize(program_.size() + room_);
    input_.resize(input_.size() + room_);
    memory_ = {};
    memory_.place(kProgram, program_.data(), program_.size());
    memory_.place(kImages, input_.data(), input_.size());
    memory_.place(kResults, results_.data(), results_.size());
    calls_.forget();
    calls_.set(arguments(kProgram, kImages, kResults, images.size(), id));
    calls_.start();
  }

  std::size_t room_ = 0;
  std::vector<std::uint8_t> program_;
  std::vector<std::uint8_t> input_;
  std::vector<std::uint8_t> results_;
  rtl::RegionMemory memory_;
  rtl::KernelSimulation<NETWORK_MODEL> simulation_;
  rtl::KernelCalls<NETWORK_MODEL> calls_;
  LaunchCycles<NETWORK_MODEL> cycles_;
};

}  // namespace network
