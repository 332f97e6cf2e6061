// SPDX-License-Identifier: Apache-2.0
#pragma once

// One compute unit as the fabric has it: registers, a memory port (given when it is made), a clock
// and cycle counters. A C++ model and Verilated RTL are the two ways to have one.

#include <cstdint>

namespace emulator {

/// The control register, at offset 0, of the block protocols ap_ctrl_hs and ap_ctrl_chain.
enum Control : std::uint32_t {
  kStart = 1,     // written: start; read: running
  kDone = 2,      // hs: cleared by a read; chain: cleared by kContinue
  kIdle = 4,      // nothing runs
  kReady = 8,     // may be started; cleared by a read
  kContinue = 16  // chain, written: the end was seen
};

/// All calls come from one thread at a time.
class KernelModel {
 public:
  virtual ~KernelModel() = default;

  /// \param offset in bytes, a multiple of 4, inside the unit's range
  virtual void write_register(std::uint32_t offset, std::uint32_t value) = 0;
  virtual std::uint32_t read_register(std::uint32_t offset) = 0;

  /// Lets at least one clock pass and, while a kernel runs, at most `cycles`. May block for some
  /// 1 ms, never much longer.
  virtual void advance(std::uint64_t cycles) = 0;

  /// The host leaves: records of the unit's work are to be completed.
  virtual void end() {}
};

}  // namespace emulator
