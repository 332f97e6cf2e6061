// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a run of a matmul kernel costs, by the blocks of matmul/blocks.hpp and the arrays of
// matmul/config.hpp. While a block is loaded from A, multiplied, finished and stored, the next one
// of B enters the store; the processes work at once, so a step costs what its slowest one takes:
//
//   word(x)  = cycles of the memory for the bus words of x bytes: 8 bytes per cycle, as a 64-bit
//   port
//              of a Zynq-7000 gives
//   int8       load A = panels * rows * word(K)            multiply = panels * rows * ceil(K / 8)
//              finish = panels * rows * groups * 2         store    = panels * rows * word(row of
//              C) enter  = max(K * word(row of B), panels * K * units)
//   fp32       load A = panels * tiles * 8 * word(4 K)     multiply = panels * tiles * K * 8
//              finish = panels * (tiles * 8 + rows * groups * 2)
//              enter  = max(K * word(row of B), panels * K * 8)
//
// with the block's own panels, rows, tiles of 8 rows and K, groups of 8 columns of C, and units of
// kFillColumns codes. Codes of B are packed in memory. A block enters only if the store does not
// have it: not for further rows of A while it stays, and in no call whose weights are those of the
// last one, where all of B fits the store. Each port has its own memory of 64 cycles of latency,
// one of which comes before the first step and one after the last, with the last rows' finish and
// store.
//
// 64 x 128 x 64 takes, with its weights held (with weights that are new), 1,184 (2,200) cycles in
// int8, 8,776 (9,736) in fp32 x int8, 8,776 (12,808) in fp32.
//
// Counters: multiply is computing. Of what a step takes beyond it, the slowest process is to blame;
// the first latency counts as a stall on B if B enters, else on A.

#include "register_model.hpp"

namespace emulator {

/// \param arguments of matmul_f32f32, matmul_f32i8 or matmul_i8i8, inside their limits
/// \param last the arguments of the unit's last completed run; empty if there is none
/// Throws std::runtime_error for another kernel.
RunCycles matmul_cycles(const fabriq::KernelDescriptor &kernel,
                        const std::vector<std::uint64_t> &arguments,
                        const std::vector<std::uint64_t> &last);

}  // namespace emulator
