// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a run of a matmul kernel costs, from the array of matmul/config.hpp. The processes of a tile
// (load, multiply, finish, store) work at once on consecutive tiles, so a tile costs what its
// slowest process takes, and only the first load and the last finish and store stand alone.
//
//   beats(x) = bus words of x bytes
//   load A   = rows * beats(K * bytes of A)
//   load B   = K * beats(columns * bits of B / 8)   codes are packed: 8, 4 or 2 bits each
//   multiply = groups * (K + 1)                 one group of columns per cycle, and one clearing
//   finish   = rows * groups
//   store    = rows * beats(columns * bytes of C)
//   tile     = max(load A, load B, multiply, finish, store)
//   fill     = latency + rows * min(16, beats(K * bytes of A))
//   run      = fill + tiles * tile + finish + store + latency
//
// with rows, columns and groups of the array's tile, and latency = 64 cycles of memory. Every port
// has its own memory: nothing waits for another port. 64 x 128 x 64 takes
// 8,544 cycles in fp32, 4,432 in int8.
//
// Counters: the array takes operands in tiles * groups * K cycles. Of what a tile takes beyond
// multiply, the slowest process is to blame; the first load counts as a stall on A.

#include "register_model.hpp"

namespace emulator {

/// \param arguments of matmul_f32f32, matmul_f32i8 or matmul_i8i8, inside their limits
/// Throws std::runtime_error for another kernel.
RunCycles matmul_cycles(const fabriq::KernelDescriptor &kernel,
                        const std::vector<std::uint64_t> &arguments);

}  // namespace emulator
