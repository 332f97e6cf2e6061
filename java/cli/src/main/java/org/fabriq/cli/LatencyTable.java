// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.MachineState;
import org.fabriq.runtime.Device;

/**
 * Prints latencies for people. Of a point whose machine was not quiet only what was wrong and the
 * kernels' cycles, which do not depend on it.
 */
final class LatencyTable {
  private final PrintWriter out;
  private final boolean evenIfNoisy;

  /**
   * Prepares.
   *
   * @param evenIfNoisy whether to print times of noisy points too, marked with a question mark
   */
  LatencyTable(PrintWriter out, boolean evenIfNoisy) {
    this.out = out;
    this.evenIfNoisy = evenIfNoisy;
  }

  void heading(List<Device> devices, MachineState machine) {
    out.printf("machine  %s%n", machine);
    for (int i = 0; i < devices.size(); i++) {
      out.printf("%-8s %s%n", i == 0 ? "device" : "against", devices.get(i));
    }
    out.flush();
  }

  void layer(String kernel, String layer) {
    out.printf("%n%s, layer %s, microseconds per batch%n", kernel, layer);
    out.printf(
        "%6s %-22s %8s %10s %10s %10s %7s |",
        "batch", "device", "samples", "p50", "p95", "p99", "ratio");
    StageCells.printNames(out);
    out.println();
  }

  void point(LatencyResult.Point point) {
    boolean times = point.quiet() || evenIfNoisy;
    if (!point.quiet()) {
      out.printf("%6d noisy: %s%n", point.batch(), String.join(", ", point.noise()));
    }
    double own = point.sides().get(0).p50();
    for (LatencyResult.Side side : point.sides()) {
      if (times) {
        times(point, side, own);
      }
      cycles(point, side);
    }
    out.flush();
  }

  private void times(LatencyResult.Point point, LatencyResult.Side side, double own) {
    String mark = point.quiet() ? " " : "?";
    out.printf(
        "%6d %-22s %8d %9.1f%s %9.1f%s %9.1f%s %7.2f |",
        point.batch(),
        side.address(),
        side.samples(),
        side.p50(),
        mark,
        side.p95(),
        mark,
        side.p99(),
        mark,
        own / side.p50());
    StageCells.print(side.stages(), side.simulated(), out);
  }

  private void cycles(LatencyResult.Point point, LatencyResult.Side side) {
    if (side.cycles() >= 0) {
      out.printf(
          "%6d %-22s kernel: %,d cycles%s%n",
          point.batch(),
          side.address(),
          side.cycles(),
          side.clocked()
              ? " = %.1f us at %.0f MHz".formatted(side.microsAtClock(), side.clockMhz())
              : ", clock unknown");
    }
  }

  void footer() {
    out.println();
    out.println(
        "From the layer's fp32 inputs to its fp32 outputs; sides take turns. ratio: device p50");
    out.println(
        "/ this p50. Stages are medians; -: device or kernel have no such stage. A noisy point");
    out.println(
        "is one where fixed work beside it spread by over 15 % or drifted by over 10 %, or other");
    out.println("programs took over 10 % of a processor. Cycles are a clock's, not wall time.");
  }
}
