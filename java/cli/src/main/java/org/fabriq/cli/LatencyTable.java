// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.MachineState;
import org.fabriq.measure.Noise;
import org.fabriq.runtime.Device;

/**
 * Prints latencies for people; noisy ones as {@link Noise} says. The kernels' cycles do not depend
 * on noise.
 */
final class LatencyTable {
  private final PrintWriter out;
  private final QuietOption quiet;

  /**
   * Prepares.
   *
   * @param quiet whether to print noisy times
   */
  LatencyTable(PrintWriter out, QuietOption quiet) {
    this.out = out;
    this.quiet = quiet;
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
        "%6s %-22s %8s %10s %10s %10s %7s %7s%n",
        "batch", "device", "samples", "p50", "p95", "p99", "spread", "ratio");
  }

  void point(LatencyResult.Point point) {
    if (!point.noise().quiet()) {
      out.printf("%6d %s%n", point.batch(), point.noise().cause());
    }
    double own = point.sides().get(0).p50();
    for (LatencyResult.Side side : point.sides()) {
      if (quiet.shows(point.noise())) {
        times(point, side, own);
      }
      cycles(point, side);
    }
    out.flush();
  }

  private void times(LatencyResult.Point point, LatencyResult.Side side, double own) {
    String mark = point.noise().mark();
    out.printf(
        "%6d %-22s %8d %9.1f%-1s %9.1f%-1s %9.1f%-1s %5.0f %% %7.2f%s%n",
        point.batch(),
        side.address(),
        side.samples(),
        side.p50(),
        mark,
        side.p95(),
        mark,
        side.p99(),
        mark,
        100 * side.spread(),
        own / side.p50(),
        mark);
  }

  /** Prints where the time of all points of a layer went, device by device. */
  void stages(List<LatencyResult.Point> points) {
    List<LatencyResult.Point> shown =
        points.stream().filter(point -> quiet.shows(point.noise())).toList();
    for (int i = 0; !shown.isEmpty() && i < shown.get(0).sides().size(); i++) {
      LatencyResult.Side first = shown.get(0).sides().get(i);
      out.printf(
          "%nwhere the time of %s goes, medians, microseconds%n%6s", first.address(), "batch");
      DispatchStageCells.printNames(out);
      for (LatencyResult.Point point : shown) {
        out.printf("%6d", point.batch());
        DispatchStageCells.print(point.sides().get(i).stages(), point.noise(), out);
      }
      if (first.simulated()) {
        DispatchStageCells.printSimulated(first.address(), out);
      }
    }
    out.flush();
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
        "/ this p50. Stages are medians; -: device or kernel have no such stage. Cycles are a");
    out.println("clock's, not wall time.");
    NoiseFooter.print(out);
  }
}
