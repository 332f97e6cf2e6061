// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

/** What a design uses of an FPGA, in the units that Vitis HLS counts in. */
public enum Resource {
  /** Look-up tables, those used as memory or shift registers included. */
  LUT,
  /** Flip-flops and latches. */
  FF,
  /** DSP48E1, DSP48E2 or DSP58 blocks. */
  DSP,
  /** Block RAMs of 18 Kbit; a block RAM tile (RAMB36) counts as 2. */
  BRAM_18K,
  /** UltraRAM blocks of 288 Kbit. */
  URAM
}
