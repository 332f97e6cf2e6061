// SPDX-License-Identifier: Apache-2.0
#pragma once

// Calls of a simulated kernel through its registers, as a host makes them. Offsets come from the
// kernel's descriptor.

#include <array>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "fabriq/kernel_descriptor.hpp"
#include "kernel_simulation.hpp"

namespace rtl {

/// Values by name; the others are 0.
using Arguments = std::vector<std::pair<std::string, std::uint64_t>>;

template <typename Model>
class KernelCalls {
 public:
  enum Control : std::uint32_t { kStart = 1, kDone = 2, kIdle = 4, kReady = 8, kContinue = 16 };

  /// Both outlive this.
  KernelCalls(KernelSimulation<Model> &simulation, const fabriq::KernelDescriptor &descriptor)
      : simulation_(simulation), descriptor_(descriptor) {}

  /// Writes the registers whose value differs from the last call's.
  void set(const Arguments &arguments) {
    for (const auto &[name, value] : arguments) {
      const fabriq::KernelArgument &argument = find(name);
      for (std::uint32_t byte = 0; byte < argument.bytes; byte += 4) {
        const auto word = static_cast<std::uint32_t>(value >> (8 * byte));
        const std::uint32_t offset = argument.offset + byte;
        if (!known_[offset / 4] || values_[offset / 4] != word) {
          simulation_.write_register(offset, word);
          known_[offset / 4] = true;
          values_[offset / 4] = word;
        }
      }
    }
  }

  /// Writes all registers of the next call, as after a reset.
  void forget() { known_ = {}; }

  void start() { simulation_.write_register(0, kStart); }

  std::uint32_t control() { return simulation_.read_register(0); }

  /// Waits until the kernel has taken a started call's arguments. Throws after `cycles`.
  void wait_taken(std::uint64_t cycles) {
    wait(cycles, "take its arguments", [this] { return (control() & kStart) == 0; });
  }

  /// Waits for the end of a call. Throws after `cycles`.
  void wait_ended(std::uint64_t cycles) {
    wait(cycles, "end", [this] { return (control() & kDone) != 0; });
  }

  /// Tells the kernel that its end was seen.
  void acknowledge() { simulation_.write_register(0, kContinue); }

  /// Both.
  void wait_done(std::uint64_t cycles) {
    wait_ended(cycles);
    acknowledge();
  }

  /// CycleCounter of the last call that ended.
  std::uint64_t counter(int which) {
    const std::uint32_t offset = descriptor_.cycle_counters + 8 * static_cast<std::uint32_t>(which);
    const std::uint64_t low = simulation_.read_register(offset);
    return low | std::uint64_t{simulation_.read_register(offset + 4)} << 32;
  }

 private:
  const fabriq::KernelArgument &find(const std::string &name) const {
    for (int i = 0; i < descriptor_.argument_count; ++i) {
      if (name == descriptor_.arguments[i].name) {
        return descriptor_.arguments[i];
      }
    }
    throw std::runtime_error(std::string(descriptor_.name) + " has no argument " + name);
  }

  template <typename Ended>
  void wait(std::uint64_t cycles, const char *what, Ended ended) {
    const std::uint64_t last = simulation_.cycles() + cycles;
    while (!ended()) {
      if (simulation_.cycles() > last) {
        throw std::runtime_error(std::string(descriptor_.name) + " did not " + what + " in " +
                                 std::to_string(cycles) + " cycles");
      }
    }
  }

  KernelSimulation<Model> &simulation_;
  const fabriq::KernelDescriptor &descriptor_;
  std::array<bool, 64> known_{};
  std::array<std::uint32_t, 64> values_{};
};

}  // namespace rtl
