// SPDX-License-Identifier: Apache-2.0
#pragma once

// A Verilated kernel as a compute unit. Its clock runs while its registers are accessed and while
// the host asks whether it is done.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "argument_registers.hpp"
#include "device_memory.hpp"
#include "kernel_model.hpp"
#include "kernel_simulation.hpp"
#include "waveform.hpp"
#include "wire.hpp"

namespace emulator {

/// The device's memory as the buses of simulated kernels see it.
class SimulatedMemory : public rtl::ByteMemory {
 public:
  explicit SimulatedMemory(DeviceMemory &memory) : memory_(memory) {}

  std::uint8_t *at(std::uint64_t address, std::uint64_t bytes) override {
    return memory_.at(address, bytes);
  }

 private:
  DeviceMemory &memory_;
};

/// Every call throws ProtocolError if the kernel leaves the memory or breaks a rule of its buses.
/// \tparam Model as of rtl::KernelSimulation
template <typename Model>
class RtlUnit : public KernelModel {
 public:
  /// \param kernel, memory outlive this
  /// \param waveform nullptr, or records the unit from its first register that is written
  RtlUnit(const fabriq::KernelDescriptor &kernel, const std::string &name, DeviceMemory &memory,
          const rtl::MemoryTiming &timing, std::shared_ptr<rtl::Waveform> waveform)
      : arguments_(kernel),
        name_(name),
        memory_(memory),
        timing_(timing),
        waveform_(std::move(waveform)) {
    if (waveform_ != nullptr) {
      simulation();  // a waveform must know all units before it opens
    }
  }

  /// A start throws ProtocolError also if an argument is none that the kernel may have.
  void write_register(std::uint32_t offset, std::uint32_t value) override {
    if (waveform_ != nullptr) {
      waveform_->open();
    }
    if (offset != 0) {
      arguments_.write(offset, value);
    } else if ((value & kStart) != 0) {
      arguments_.values();
      running_ = true;
      if (waveform_ != nullptr) {
        waveform_->count_call();
      }
    }
    guarded([&] { simulation().write_register(offset, value); });
  }

  std::uint32_t read_register(std::uint32_t offset) override {
    if (offset != 0) {
      std::uint32_t value = 0;
      guarded([&] { value = simulation().read_register(offset); });
      return value;
    }
    const std::uint32_t value = look() | ready_;
    ready_ = 0;
    return value;
  }

  void advance(std::uint64_t cycles) override {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    const std::uint64_t last = simulation().cycles() + (running_ ? cycles : 1);
    do {
      guarded([&] {
        for (int i = 0; i < kStep && simulation().cycles() < last; ++i) {
          simulation().tick();
        }
      });
      if (running_) {
        ready_ |= look() & kReady;
      }
    } while (running_ && simulation().cycles() < last && std::chrono::steady_clock::now() < end);
  }

  void end() override {
    if (waveform_ != nullptr) {
      waveform_->close();
    }
  }

 private:
  static constexpr int kStep = 64;  // cycles between looks
  static constexpr auto kPatience = std::chrono::milliseconds(1);

  /// Made at its first use: a model takes tens of milliseconds, and few hosts use all units.
  rtl::KernelSimulation<Model> &simulation() {
    if (!simulation_) {
      simulation_.emplace(
          memory_, timing_,
          waveform_ == nullptr ? std::make_shared<VerilatedContext>() : waveform_->context(),
          name_.c_str());
      if (waveform_ != nullptr) {
        waveform_->add(simulation_->model());
        simulation_->observe(*waveform_);
      }
    }
    return *simulation_;
  }

  /// The control register; reading it clears kReady there.
  std::uint32_t look() {
    std::uint32_t status = 0;
    guarded([&] { status = simulation().read_register(0); });
    running_ = (status & (kIdle | kDone)) == 0;
    return status;
  }

  template <typename Action>
  void guarded(Action action) {
    try {
      action();
    } catch (const rtl::ProtocolViolation &error) {
      throw ProtocolError(error.what());
    }
  }

  ArgumentRegisters arguments_;
  const std::string name_;
  SimulatedMemory memory_;
  const rtl::MemoryTiming timing_;
  std::shared_ptr<rtl::Waveform> waveform_;  // or nullptr
  std::optional<rtl::KernelSimulation<Model>> simulation_;
  bool running_ = false;
  std::uint32_t ready_ = 0;
};

}  // namespace emulator
