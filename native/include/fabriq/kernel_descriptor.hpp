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
};

struct KernelLimits {
  std::int32_t m;
  std::int32_t k;
  std::int32_t n;
};

struct KernelDescriptor {
  const char *name;
  const char *contract;  // of numerics
  int contract_version;
  const char *control;  // block protocol
  const KernelArgument *arguments;
  int argument_count;
  KernelLimits limits;    // greatest values; the least are 1
  std::size_t row_pitch;  // rows start at multiples of this many bytes

  /// Offset of a 64-bit register, low word first, that counts the clock cycles of the run in
  /// progress or of the last one; 0 if there is none. Only hw_emu has it.
  std::uint32_t cycle_counter;
};

constexpr int kMaximumArguments = 16;

/// The descriptor of FABRIQ_MATMUL_..., or nullptr. Lives for ever.
const KernelDescriptor *kernel_descriptor(int kernel);

}  // namespace fabriq
