// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a host knows of a kernel; the table is generated from hls/kernels/<name>.json.

#include <cstddef>
#include <cstdint>

namespace fabriq {

enum class ArgumentKind { kPointer, kScalar };

struct KernelArgument {
  const char *name;
  ArgumentKind kind;
  std::uint32_t bytes;   // 8 for a pointer, 4 for a scalar
  const char *bundle;    // m_axi bundle of a pointer, else empty
  std::uint32_t offset;  // in the s_axilite register map
  std::int32_t limit;    // its greatest value, where the least is 1; 0: it has no limits
};

struct KernelDescriptor {
  const char *name;
  const char *contract;  // of numerics
  int contract_version;
  const char *control;  // block protocol
  const KernelArgument *arguments;
  int argument_count;
  std::size_t row_pitch;  // rows start at multiples of this many bytes

  /// Offset of kCycleCounters 64-bit registers, each low word first, that count clock cycles of the
  /// last run; 0 if there are none. Only hw_emu has them.
  std::uint32_t cycle_counters;
};

/// The cycle counters, in the order of their registers. A cycle of a stall is one in which the
/// array of multipliers could work but for what it waits for.
enum CycleCounter {
  kBusyCycles,       // from start to done; a model in C++ counts a run in progress too
  kComputingCycles,  // the array takes operands
  kStalledOnA,
  kStalledOnB,  // and column parameters
  kStalledOnC,  // results have nowhere to go
  kCycleCounters
};

constexpr int kMaximumArguments = 16;

/// The descriptor of FABRIQ_MATMUL_..., or nullptr. Lives for ever.
const KernelDescriptor *kernel_descriptor(int kernel);

}  // namespace fabriq
