// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/**
 * From which batch an FPGA pays against one CPU opponent.
 *
 * @param what what is offloaded, for people
 * @param place where to, as {@code the FPGA}
 * @param device the opponent's address
 * @param batch the least batch from which on the FPGA is never slower, up to {@link #MAX_BATCH};
 *     empty if there is none
 * @param fpgaMicros microseconds of the FPGA at that batch, else at the greatest
 * @param cpuMicros microseconds of the opponent there
 * @param noise why the opponent's times are not to be trusted, if they are not
 */
public record BreakEven(
    String what,
    String place,
    String device,
    OptionalInt batch,
    double fpgaMicros,
    double cpuMicros,
    Noise noise) {
  /** The greatest batch looked at. */
  public static final int MAX_BATCH = 4096;

  /** Compares what is offloaded to an FPGA of no name. */
  public static BreakEven of(String what, IntToDoubleFunction fpga, CpuCurve cpu) {
    return of(what, "the FPGA", fpga, cpu);
  }

  /** Compares at every batch up to {@link #MAX_BATCH}. */
  public static BreakEven of(String what, String place, IntToDoubleFunction fpga, CpuCurve cpu) {
    int first = MAX_BATCH + 1;
    while (first > 1 && fpga.applyAsDouble(first - 1) <= cpu.at(first - 1)) {
      first--;
    }
    int shown = Math.min(first, MAX_BATCH);
    return new BreakEven(
        what,
        place,
        cpu.device(),
        first > MAX_BATCH ? OptionalInt.empty() : OptionalInt.of(first),
        fpga.applyAsDouble(shown),
        cpu.at(shown),
        cpu.noise());
  }

  /** What stands in place of the finding where noisy times are withheld. */
  public String withheld() {
    return withheld(what, device);
  }

  /** The same of a finding in a file. */
  public static String withheld(String what, String device) {
    return "%s against %s is withheld, because its times there are noisy.".formatted(what, device);
  }

  /** The finding in one sentence; what rests on noisy times is marked. */
  public String sentence() {
    String there = "%.1f us against %s us there".formatted(fpgaMicros, noise.micros(cpuMicros));
    return batch.isPresent()
        ? "%s on %s pays from batch %,d%s on against %s (%s)."
            .formatted(what, place, batch.getAsInt(), noise.mark(), device, there)
        : "%s on %s does not pay up to batch %,d%s against %s (%s)."
            .formatted(what, place, MAX_BATCH, noise.mark(), device, there);
  }
}
