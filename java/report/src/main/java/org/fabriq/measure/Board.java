// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

/**
 * What is assumed of a board on which whole networks run. None of it was measured on one.
 *
 * @param word what options call it
 * @param name what sentences call it
 * @param launchMicros from the call until the kernel starts, and from its end until the host knows
 * @param gigabytesPerSecond of copies between the host's memory and the kernel's, 10^9 bytes
 * @param megahertz the kernel's clock
 * @param assumptions where these figures are from
 */
public record Board(
    String word,
    String name,
    double launchMicros,
    double gigabytesPerSecond,
    double megahertz,
    String assumptions) {
  /**
   * @throws org.fabriq.InvalidArgumentException if a figure is not positive and finite (launch may
   *     be 0)
   */
  public Board {
    Checks.from0("launch cost", launchMicros);
    Checks.above0("transfer rate", gigabytesPerSecond);
    Checks.above0("clock", megahertz);
  }

  /** Microseconds of one launch for a batch; nothing overlaps. */
  public double micros(PlannedNetwork network, int batch) {
    double bytes = batch * (network.imageBytes() + network.resultBytes());
    return launchMicros + bytes / (gigabytesPerSecond * 1000) + network.cycles(batch) / megahertz;
  }

  /** As {@code a Zynq-7020: launch 60.0 us, 0.80 GB/s, 100 MHz}. */
  @Override
  public String toString() {
    return "%s: launch %.1f us, %.2f GB/s, %.0f MHz"
        .formatted(name, launchMicros, gigabytesPerSecond, megahertz);
  }
}
