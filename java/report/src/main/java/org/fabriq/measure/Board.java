// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.List;

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
  private static final String LAUNCH = "XRT takes 45 to 100 us for a launch; ";
  private static final String UNROUTED = "; the kernel was not placed or routed for it";

  /** The boards that are studied, the smallest first. */
  public static final List<Board> ALL =
      List.of(
          new Board(
              "zynq",
              "a Zynq-7020",
              60,
              0.8,
              100,
              LAUNCH + "a 64-bit port at 100 MHz moves 0.8 GB/s" + UNROUTED),
          new Board(
              "kv260",
              "a KV260",
              60,
              2.4,
              300,
              LAUNCH
                  + "a 64-bit port at 300 MHz moves 2.4 GB/s; one array as on the Zynq"
                  + UNROUTED),
          new Board(
              "alveo",
              "an Alveo",
              100,
              10,
              300,
              LAUNCH
                  + "the upper end, because images and results are moved by commands of their own;"
                  + " PCIe moves some 10 GB/s; one array as on the Zynq, although several fit"
                  + UNROUTED));

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
