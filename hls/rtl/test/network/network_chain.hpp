// SPDX-License-Identifier: Apache-2.0
#pragma once

// Calls of the simulated network_i8 that follow each other closely, as a host makes them that
// writes the next call's arguments as soon as the kernel has taken those of the one before.

#include <deque>
#include <string>
#include <vector>

#include "network_kernel.hpp"

namespace network {

/// What a call is given; all outlives the chain.
struct Link {
  const std::vector<std::uint8_t> *program;
  const Images *images;
  int result_words;
  std::uint32_t id;
};

class NetworkChain {
 public:
  explicit NetworkChain(const rtl::MemoryTiming &timing)
      : simulation_(memory_, timing), kernel_(simulation_, descriptor()), cycles_(simulation_) {}

  void set_timing(const rtl::MemoryTiming &timing) { simulation_.set_timing(timing); }

  /// Runs calls one behind the other. Throws if they do not end in `patience` cycles.
  /// \param room that wrong programs may use behind images and results, in bytes
  std::vector<Outcome> run(const std::vector<Link> &links, std::uint64_t patience,
                           std::size_t room = 0) {
    place(links, room);
    const std::uint64_t first = simulation_.cycles();
    std::size_t begun = 0;
    std::size_t ended = 0;
    while (ended < links.size()) {
      const std::uint32_t control = kernel_.control();
      if ((control & Kernel::kDone) != 0) {
        kernel_.acknowledge();
        ++ended;
      }
      if (begun < links.size() && (control & Kernel::kStart) == 0) {
        begin(links[begun], calls_[begun]);
        ++begun;
      }
      if (simulation_.cycles() > first + patience) {
        throw std::runtime_error("a chain of calls did not end in " + std::to_string(patience) +
                                 " cycles: " + std::to_string(ended) + " of " +
                                 std::to_string(links.size()) + " did");
      }
    }
    total_ = cycles_.end() - first;
    std::vector<Outcome> outcomes;
    for (const Call &call : calls_) {
      outcomes.push_back(read_report(call.results));
    }
    return outcomes;
  }

  /// Cycles from the first call's arguments to the last one's last response.
  std::uint64_t total() const { return total_; }

 private:
  struct Call {
    std::vector<std::uint8_t> program;
    std::vector<std::uint8_t> images;
    std::vector<std::uint8_t> results;
    std::uint64_t program_at;
    std::uint64_t images_at;
    std::uint64_t results_at;
  };

  using Kernel = rtl::KernelCalls<NETWORK_MODEL>;

  static constexpr std::uint64_t kRegion = 0x10000000, kPrograms = 0x100000000,
                                 kImages = 0x2000000000, kResults = 0x4000000000;

  void place(const std::vector<Link> &links, std::size_t room) {
    calls_.clear();
    memory_ = {};
    for (std::size_t i = 0; i < links.size(); ++i) {
      const Link &link = links[i];
      // A program has one address in all of its calls.
      std::size_t same = 0;
      while (links[same].program != link.program || links[same].id != link.id) {
        ++same;
      }
      calls_.push_back({same == i ? *link.program : std::vector<std::uint8_t>{},
                        packed(*link.images), results_room(*link.images, link.result_words),
                        kPrograms + same * kRegion, kImages + i * kRegion, kResults + i * kRegion});
      Call &call = calls_.back();
      if (same == i) {
        call.program.resize(call.program.size() + room);
        memory_.place(call.program_at, call.program.data(), call.program.size());
      }
      call.images.resize(call.images.size() + room);
      call.results.resize(call.results.size() + room, kUntouched);
      memory_.place(call.images_at, call.images.data(), call.images.size());
      memory_.place(call.results_at, call.results.data(), call.results.size());
    }
  }

  void begin(const Link &link, const Call &call) {
    kernel_.forget();
    kernel_.set(
        arguments(call.program_at, call.images_at, call.results_at, link.images->size(), link.id));
    kernel_.start();
  }

  std::deque<Call> calls_;
  std::uint64_t total_ = 0;
  rtl::RegionMemory memory_;
  rtl::KernelSimulation<NETWORK_MODEL> simulation_;
  Kernel kernel_;
  LaunchCycles<NETWORK_MODEL> cycles_;
};

}  // namespace network
