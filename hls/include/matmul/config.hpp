// SPDX-License-Identifier: Apache-2.0
#pragma once

// The kernels' knobs, one place for each: width of the memory bus, and the shape of the array.
//
// An array has kRows x kArrayColumns multipliers and serves kInterleave groups of columns in turn,
// so a tile of C is kRows x (kArrayColumns * kInterleave). Each sum is touched every kInterleave
// cycles, which hides the latency of an fp32 adder and lets k advance in ascending order at II = 1.
//
// The defaults are for a Zynq-7020 (220 DSP48E1). Estimates from the operators' published costs,
// not from a synthesis run: fp32 8 x 8 with 3 DSP for a multiplier and adders in fabric = 192 DSP,
// plus 12 for the epilogue's multipliers (f32i8); int8 16 x 8 = 128 DSP, plus about 16 for
// requantization. 64 x 128 x 64 takes about 8 * 1,024 = 8,192 cycles (fp32) and 4 * 1,024 = 4,096
// (int8) of multiplying.

#ifndef FABRIQ_BUS_BYTES
#define FABRIQ_BUS_BYTES 64
#endif

namespace matmul {

constexpr int kBusBytes = FABRIQ_BUS_BYTES;  // one beat of each m_axi port
constexpr int kRowPitch = 64;                // rows of A, B and C start at multiples of this
constexpr int kInterleave = 8;

static_assert(kBusBytes == 32 || kBusBytes == 64, "FABRIQ_BUS_BYTES must be 32 or 64");

/// \tparam Rows multipliers down the array, one per row of A in a tile.
/// \tparam ArrayColumns multipliers across the array, one per column of B in a group.
template <int Rows, int ArrayColumns>
struct TileShape {
  static constexpr int kRows = Rows;
  static constexpr int kArrayColumns = ArrayColumns;
  static constexpr int kGroups = kInterleave;
  static constexpr int kColumns = ArrayColumns * kGroups;
  static_assert(4 * ArrayColumns <= kBusBytes, "a group of 32-bit results must fit a bus word");
  static_assert(kColumns % kRowPitch == 0, "a tile's row of int8 must be whole row granules");
};

using Fp32Tile = TileShape<8, 8>;
using Int8Tile = TileShape<16, 8>;

}  // namespace matmul
