// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.fabriq.measure.DispatchStage;
import org.fabriq.measure.Noise;

/** Where the time of a dispatch went, as the last cells of the rows of a table. */
final class DispatchStageCells {
  private DispatchStageCells() {}

  /** Prints the names of all stages, each with room for a mark behind it, and ends the row. */
  static void printNames(PrintWriter out) {
    for (DispatchStage stage : DispatchStage.values()) {
      out.printf(" %s ", stage.label());
    }
    out.println();
  }

  /**
   * Prints microseconds under the names, a hyphen for a stage that is not there, and ends the row.
   *
   * @param noise whose mark each of them carries
   */
  static void print(Map<DispatchStage, Double> micros, Noise noise, PrintWriter out) {
    for (DispatchStage stage : DispatchStage.values()) {
      Double value = micros.get(stage);
      String text = value == null ? "-" : "%.1f".formatted(value);
      out.printf(" %" + stage.label().length() + "s%-1s", text, value == null ? "" : noise.mark());
    }
    out.println();
  }

  /** Says that a device's times are not those of an FPGA. */
  static void printSimulated(String device, PrintWriter out) {
    out.printf("(%s is simulated: wall time is not the device's)%n", device);
  }
}
