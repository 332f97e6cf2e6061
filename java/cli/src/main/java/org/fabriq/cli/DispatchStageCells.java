// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.fabriq.measure.DispatchStage;
import org.fabriq.measure.Noise;

/** Where the time of a dispatch went, as the last cells of a table's row. */
final class DispatchStageCells {
  private DispatchStageCells() {}

  /** Prints the names of all stages, a blank before each and room for a mark behind it. */
  static void printNames(PrintWriter out) {
    for (DispatchStage stage : DispatchStage.values()) {
      out.printf(" %s ", stage.label());
    }
  }

  /**
   * Prints microseconds under the names, a hyphen for a stage that is not there, and ends the row.
   *
   * @param noise whose mark each of them carries
   * @param simulated whether the kernel is simulated, which is said behind them
   */
  static void print(
      Map<DispatchStage, Double> micros, Noise noise, boolean simulated, PrintWriter out) {
    for (DispatchStage stage : DispatchStage.values()) {
      Double value = micros.get(stage);
      String text = value == null ? "-" : "%.1f".formatted(value);
      out.printf(" %" + stage.label().length() + "s%-1s", text, value == null ? "" : noise.mark());
    }
    out.println(simulated ? "  (simulated: wall time is not the device's)" : "");
  }
}
