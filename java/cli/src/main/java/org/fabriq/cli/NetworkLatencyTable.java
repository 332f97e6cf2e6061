// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalDouble;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.measure.NetworkLatency.Point;
import org.fabriq.measure.NetworkLatency.Side;
import org.fabriq.measure.NetworkLatency.Way;
import org.fabriq.measure.PlannedNetwork;
import org.fabriq.runtime.StageTimes.Cycles;

/** Prints latencies of whole networks for people, as {@link LatencyTable} those of layers. */
final class NetworkLatencyTable {
  private final PrintWriter out;
  private final QuietOption quiet;
  private final double megahertz;

  /**
   * Prepares.
   *
   * @param quiet whether to print noisy times
   * @param megahertz by which cycles of the planner's formula are time
   */
  NetworkLatencyTable(PrintWriter out, QuietOption quiet, double megahertz) {
    this.out = out;
    this.quiet = quiet;
    this.megahertz = megahertz;
  }

  void network(NetworkLatency network) {
    PlannedNetwork planned = network.planned();
    out.printf("%n%s: %s%n", network.name(), network.layers());
    planned
        .obstacles()
        .forEach(line -> out.printf("no program of %s: %s%n", planned.target(), line));
    out.printf("microseconds per batch, from codes to integers%n");
    out.printf(
        "%6s %-30s %7s %9s %9s %9s %6s %9s %6s%n",
        "batch", "side", "samples", "p50", "p95", "p99", "spread", "per image", "ratio");
  }

  void point(NetworkLatency network, Point point) {
    if (!point.noise().quiet()) {
      out.printf("%6d %s%n", point.batch(), point.noise().cause());
    }
    double own = point.sides().get(0).times().p50();
    for (Side side : point.sides()) {
      if (quiet.shows(point.noise())) {
        times(point, side, own);
      }
      cycles(network, point, side);
    }
    PlannedNetwork planned = network.planned();
    if (planned.fits()) {
      long cycles = planned.cycles(point.batch());
      out.printf(
          "%6d %-30s %,d cycles = %.1f us at %.0f MHz, %.0f %% of the array%n",
          point.batch(),
          planned.target() + ", by formula",
          cycles,
          cycles / megahertz,
          megahertz,
          100 * planned.arrayUse(point.batch(), cycles));
    }
    out.flush();
  }

  private void times(Point point, Side side, double own) {
    String mark = point.noise().mark();
    LatencyResult.Side times = side.times();
    out.printf(
        "%6d %-30s %7d %8.1f%-1s %8.1f%-1s %8.1f%-1s %4.0f %% %8.1f%-1s %6.2f%s%n",
        point.batch(),
        side.name(),
        times.samples(),
        times.p50(),
        mark,
        times.p95(),
        mark,
        times.p99(),
        mark,
        100 * times.spread(),
        times.p50() / point.batch(),
        mark,
        own / times.p50(),
        mark);
  }

  private void cycles(NetworkLatency network, Point point, Side side) {
    LatencyResult.Side times = side.times();
    if (times.cycles() < 0) {
      return;
    }
    OptionalDouble use = network.arrayUse(point, side);
    out.printf(
        "%6d %-30s %,d cycles%s%s%n",
        point.batch(),
        side.name(),
        times.cycles(),
        times.clocked()
            ? " = %.1f us at %.0f MHz".formatted(times.microsAtClock(), times.clockMhz())
            : ", clock unknown",
        use.isPresent() ? ", %.0f %% of the array".formatted(100 * use.getAsDouble()) : "");
    Map<Cycles, Long> kinds = side.cycles();
    if (side.way() == Way.NETWORK && kinds.size() == Cycles.values().length) {
      out.printf(
          "%37s %,d computing, %,d wait for images, %,d between layers, %,d wait for room%n",
          "of these",
          kinds.get(Cycles.COMPUTING),
          kinds.get(Cycles.STALLED_ON_A),
          kinds.get(Cycles.STALLED_ON_B),
          kinds.get(Cycles.STALLED_ON_C));
    }
  }

  /** Says what is simulated, and what the columns are. */
  void footer(boolean simulated) {
    out.println();
    if (simulated) {
      out.println("Wall time of a simulated device is not the device's; its cycles are.");
    }
    out.println(
        "one launch: the whole network; layers: a launch for each layer; session: the exported");
    out.println(
        "network in one session of ONNX Runtime. Sides take turns. ratio: the first side's p50 /");
    out.println("this p50. Cycles by formula are those of the planner; see 'fabriq plan'.");
    NoiseFooter.print(out);
  }
}
