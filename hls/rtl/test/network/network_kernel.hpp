// SPDX-License-Identifier: Apache-2.0
#pragma once

// Calls of the simulated network_i8, the model NETWORK_MODEL of NETWORK_MODEL_HEADER: programs,
// images and results in simulated memory.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "../region_memory.hpp"
#include NETWORK_MODEL_HEADER
#include "kernel_simulation.hpp"
#include "launch_cycles.hpp"
#include "network_ports.hpp"
#include "registers_pkg.hpp"

namespace rtl {

template <>
struct KernelPorts<NETWORK_MODEL> : NetworkPorts<NETWORK_MODEL> {};

}  // namespace rtl

namespace network {

/// What the kernel counts, in the order of its report.
struct Counters {
  std::uint64_t busy;
  std::uint64_t beats;
  std::uint64_t waits_for_image;
  std::uint64_t turnaround;
  std::uint64_t waits_for_drain;
};

/// 64-bit words, by run of the program.
using Images = std::vector<std::vector<std::uint64_t>>;

struct Outcome {
  std::vector<std::uint8_t> results;  // behind the report
  std::uint32_t error = 0;
  std::uint32_t record = 0;
  Counters counters{};
  std::uint64_t cycles = 0;  // until the last write's response
};

class NetworkKernel {
 public:
  explicit NetworkKernel(const rtl::MemoryTiming &timing)
      : simulation_(memory_, timing), cycles_(simulation_) {}

  void set_timing(const rtl::MemoryTiming &timing) { simulation_.set_timing(timing); }

  /// From now on there is so much memory behind program, images and results, which wrong programs
  /// may use.
  void set_room(std::size_t bytes) { room_ = bytes; }

  /// Runs a program once for each of `images`. Throws if it does not end in `patience` cycles, or
  /// writes outside its results.
  /// \param id 0, or that of a program which may be held
  Outcome call(const std::vector<std::uint8_t> &program, const Images &images, int result_words,
               std::uint32_t id, std::uint64_t patience) {
    begin(program, images, result_words, id);
    wait(patience);
    Outcome outcome = report();
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

  /// The 64-bit word of a result.
  static std::uint64_t word(const Outcome &outcome, std::size_t result, std::size_t place,
                            std::size_t words) {
    std::uint64_t value = 0;
    std::memcpy(&value, &outcome.results[result * pitch(words) + 8 * place], 8);
    return value;
  }

 private:
  static constexpr std::uint64_t kProgram = 0x100000000, kImages = 0x200000000,
                                 kResults = 0x300000000;
  static constexpr std::uint32_t kStart = 1, kDone = 2, kContinue = 16;
  static constexpr std::uint8_t kUntouched = 0xa5;
  static constexpr std::size_t kReport = 64;  // bytes

  void begin(const std::vector<std::uint8_t> &program, const Images &images, int result_words,
             std::uint32_t id) {
    program_ = program;
    input_.assign(images.empty() ? 0 : images.size() * pitch(images[0].size()), 0);
    for (std::size_t i = 0; i < images.size(); ++i) {
      std::memcpy(&input_[i * pitch(images[i].size())], images[i].data(), 8 * images[i].size());
    }
    results_.assign(kReport + images.size() * pitch(static_cast<std::size_t>(result_words)) + room_,
                    kUntouched);
    program_.resize(program_.size() + room_);
    input_.resize(input_.size() + room_);
    memory_ = {};
    memory_.place(kProgram, program_.data(), program_.size());
    memory_.place(kImages, input_.data(), input_.size());
    memory_.place(kResults, results_.data(), results_.size());
    write_pointer(network_i8::kProgram, kProgram);
    write_pointer(network_i8::kImages, kImages);
    write_pointer(network_i8::kResults, kResults);
    simulation_.write_register(network_i8::kChunks, static_cast<std::uint32_t>(images.size()));
    simulation_.write_register(network_i8::kProgramId, id);
    simulation_.write_register(0, kStart);
  }

  /// The program did not begin to run.
  static bool refused(const Outcome &outcome) {
    return (outcome.error >= 1 && outcome.error <= 4) || outcome.error == 10;
  }

  static std::size_t pitch(std::size_t words) { return (8 * words + 63) / 64 * 64; }

  void write_pointer(std::uint32_t offset, std::uint64_t address) {
    simulation_.write_register(offset, static_cast<std::uint32_t>(address));
    simulation_.write_register(offset + 4, static_cast<std::uint32_t>(address >> 32));
  }

  void wait(std::uint64_t patience) {
    const std::uint64_t last = simulation_.cycles() + patience;
    while ((simulation_.read_register(0) & kDone) == 0) {
      for (int i = 0; i < 20; ++i) {
        simulation_.tick();
      }
      if (simulation_.cycles() > last) {
        throw std::runtime_error("network_i8 did not end in " + std::to_string(patience) +
                                 " cycles");
      }
    }
    if (!simulation_.quiet()) {
      throw std::runtime_error("network_i8 ended before its bursts");
    }
    simulation_.write_register(0, kContinue);
  }

  Outcome report() const {
    std::array<std::uint64_t, 8> words{};
    std::memcpy(words.data(), results_.data(), kReport);
    if (words[0] >> 14 != 0 || words[6] != 0 || words[7] != 0) {
      throw std::runtime_error("network_i8 wrote no report");
    }
    Outcome outcome;
    outcome.results.assign(results_.begin() + kReport, results_.end());
    outcome.error = static_cast<std::uint32_t>(words[0] & 255);
    outcome.record = static_cast<std::uint32_t>(words[0] >> 8);
    outcome.counters = {words[1], words[2], words[3], words[4], words[5]};
    outcome.cycles = cycles_.count();
    return outcome;
  }

  std::size_t room_ = 0;
  std::vector<std::uint8_t> program_;
  std::vector<std::uint8_t> input_;
  std::vector<std::uint8_t> results_;
  rtl::RegionMemory memory_;
  rtl::KernelSimulation<NETWORK_MODEL> simulation_;
  LaunchCycles<NETWORK_MODEL> cycles_;
};

}  // namespace network
