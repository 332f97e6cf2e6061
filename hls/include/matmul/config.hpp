// SPDX-License-Identifier: Apache-2.0
#pragma once

// The kernels' knobs, one place for each: the memory bus, the arrays of multipliers, and how much
// of B stays beside them.
//
// B is cut into panels of kPanel columns. The store next to an array holds some k of some panels;
// if it holds all of B, B stays there from call to call. A streams past it, and what is finished
// leaves while the next rows arrive.
//
// The defaults are for a Zynq-7020 (220 DSP48E1, 280 BRAM_18K). Estimates from the operators'
// published costs, not from a synthesis run:
//   int8      8 lanes x 24 of 32 pairs of columns = 192 DSP, 24 for requantization; the other pairs
//             in fabric. Store 4,096 bits wide, 512 deep: 114 BRAM_18K.
//   f32f32    64 multipliers of 3 DSP = 192; store 256 bits wide, 8,192 deep: 128 BRAM_18K.
//   f32i8     64 multipliers of 1 DSP (24 x 8 bits), 12 for the epilogue; store 72 wide: 40
//   BRAM_18K.
// 64 x 128 x 64 keeps the arrays busy for 1,024 (int8) and 8,192 cycles (fp32).

#ifndef FABRIQ_BUS_BYTES
#define FABRIQ_BUS_BYTES 64
#endif

namespace matmul {

constexpr int kBusBytes = FABRIQ_BUS_BYTES;  // one beat of each m_axi port
constexpr int kBusBits = 8 * kBusBytes;
constexpr int kRowPitch = 64;  // rows of A, B and C start at multiples of this
constexpr int kPanel = 64;     // columns of B and C that an array serves
constexpr int kGroup = 8;      // columns that epilogue and store serve in a step
constexpr int kPanelGroups = kPanel / kGroup;
constexpr int kBlockRows = 64;   // rows of A for which a block of B stays
constexpr int kHeldPanels = 16;  // panels whose column parameters can stay from call to call

static_assert(kBusBytes == 32 || kBusBytes == 64, "FABRIQ_BUS_BYTES must be 32 or 64");
static_assert(4 * kGroup <= kBusBytes, "a group of 32-bit results must fit a bus word");

/// Row streaming: each cycle kLanes values of one row of A meet kLanes x kPanel codes of B.
struct Int8Array {
  static constexpr int kRows = 1;
  static constexpr int kColumns = kPanel;
  static constexpr int kLanes = 8;
  static constexpr int kFillColumns = kBusBytes;  // codes of B that enter the store in a cycle
  static constexpr int kStoreDepth = 4096;        // k of one panel
  static constexpr int kFabricPairs = 8;  // pairs of columns that are multiplied without DSP
};

/// kRows x kGroup multipliers serve the kPanel / kGroup groups of a panel in turn. Each sum is
/// touched every 8 cycles, which hides the latency of an fp32 adder, and k ascends at II = 1.
struct Fp32Array {
  static constexpr int kRows = 8;
  static constexpr int kColumns = kPanel;
  static constexpr int kLanes = 1;  // k per cycle
  static constexpr int kFillColumns = kGroup;
  static constexpr int kStoreDepth = 1024;
};

}  // namespace matmul
