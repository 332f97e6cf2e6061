// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/**
 * From which batch an FPGA pays against one CPU opponent.
 *
 * @param what what is offloaded, for people
 * @param device the opponent's address
 * @param batch the least batch from which on the FPGA is never slower, up to {@link #MAX_BATCH};
 *     empty if there is none
 * @param fpgaMicros microseconds of the FPGA at that batch, else at the greatest
 * @param cpuMicros microseconds of the opponent there
 */
public record BreakEven(
    String what, String device, OptionalInt batch, double fpgaMicros, double cpuMicros) {
  /** The greatest batch looked at. */
  public static final int MAX_BATCH = 4096;

  /** Compares at every batch up to {@link #MAX_BATCH}. */
  public static BreakEven of(String what, IntToDoubleFunction fpga, CpuCurve cpu) {
    int first = MAX_BATCH + 1;
    while (first > 1 && fpga.applyAsDouble(first - 1) <= cpu.at(first - 1)) {
      first--;
    }
    int shown = Math.min(first, MAX_BATCH);
    return new BreakEven(
        what,
        cpu.device(),
        first > MAX_BATCH ? OptionalInt.empty() : OptionalInt.of(first),
        fpga.applyAsDouble(shown),
        cpu.at(shown));
  }

  /** The finding in one sentence. */
  public String sentence() {
    return batch.isPresent()
        ? "%s on the FPGA pays from batch %,d on against %s (%.1f us against %.1f us there)."
            .formatted(what, batch.getAsInt(), device, fpgaMicros, cpuMicros)
        : "%s on the FPGA does not pay up to batch %,d against %s (%.1f us against %.1f us there)."
            .formatted(what, MAX_BATCH, device, fpgaMicros, cpuMicros);
  }
}
