// SPDX-License-Identifier: Apache-2.0
#pragma once

// A host-compiled kernel behind its registers. A start hands the arguments to a thread of the unit;
// the run is done when the kernel has ended and as many cycles have passed as it costs.

#include <array>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "argument_registers.hpp"
#include "device_memory.hpp"
#include "fabriq/kernel_library.hpp"
#include "kernel_model.hpp"

namespace emulator {

/// What the cycle counters hold after a run, by fabriq::CycleCounter.
using RunCycles = std::array<std::uint64_t, fabriq::kCycleCounters>;

/// \param last the arguments of the unit's last completed run; empty if there is none
/// \return the clock cycles of a run with these arguments
using CycleModel = RunCycles (*)(const fabriq::KernelDescriptor &kernel,
                                 const std::vector<std::uint64_t> &arguments,
                                 const std::vector<std::uint64_t> &last);

class RegisterModel : public KernelModel {
 public:
  /// \param library, memory outlive the model
  /// \param cycles nullptr if runs cost no cycles, as those of a kernel without counters do not
  /// Throws std::runtime_error if an argument's offset is outside the registers.
  RegisterModel(const fabriq::KernelLibrary &library, int kernel, DeviceMemory &memory,
                CycleModel cycles);

  /// Blocks until a run that has begun has ended.
  ~RegisterModel() override;

  /// A start throws ProtocolError if an argument is outside the descriptor's limits or the memory,
  /// and does nothing while a run is in progress.
  void write_register(std::uint32_t offset, std::uint32_t value) override;

  /// Throws ProtocolError if the kernel failed.
  std::uint32_t read_register(std::uint32_t offset) override;

  void advance(std::uint64_t cycles) override;

 private:
  enum class Work { kNone, kWaiting, kRunning, kEnded };

  void control(std::uint32_t value);
  std::uint32_t status();
  std::uint64_t counter(std::uint32_t index) const;
  void start();
  void serve();

  const fabriq::KernelLibrary &library_;
  const int kernel_;
  const fabriq::KernelDescriptor &descriptor_;
  const bool chained_;
  DeviceMemory &memory_;
  const CycleModel cycles_;

  ArgumentRegisters registers_;
  bool running_ = false;
  bool done_ = false;
  bool ready_ = false;
  RunCycles cost_ = {};
  std::vector<std::uint64_t> started_;
  std::vector<std::uint64_t> completed_;
  std::uint64_t elapsed_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  Work work_ = Work::kNone;
  bool closing_ = false;
  std::vector<std::uint64_t> job_;
  const char *failure_ = nullptr;
  std::thread thread_;
};

}  // namespace emulator
