// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import org.fabriq.accumulator.SumCount;

/** Prints what an accumulator of few bits does, for people. */
final class AccumulatorTable {
  private AccumulatorTable() {}

  static void print(AccumulatorReport report, PrintWriter out) {
    out.printf(
        "%naccumulator %-8s %s %s (%s with exact sums), %,d of %,d %s changed%n",
        report.accumulator(),
        report.exact().qualityName(),
        report.all().score().quality(),
        report.exact().quality(),
        report.all().changed(),
        report.exact().images(),
        report.exact().agreeing() == null ? "samples" : "classes");
    out.printf(
        "  %-8s %7s %12s %12s %9s %12s %12s %5s %9s %10s %8s%n",
        "layer",
        "K",
        "sums",
        "leave",
        "share",
        "wrong",
        "excess",
        "bits",
        "possible",
        "alone",
        "changed");
    for (AccumulatorReport.Layer layer : report.layers()) {
      SumCount count = layer.count();
      out.printf(
          "  %-8s %7d %12d %12d %8.3f%% %12d %12d %5d %9d %10s %8d%n",
          layer.name(),
          layer.k(),
          count.sums(),
          count.left(),
          100.0 * count.left() / count.sums(),
          count.wrong(),
          report.accumulator().excess(count.seen()),
          count.seen().bits(),
          layer.possible().bits(),
          layer.alone().score().quality(),
          layer.alone().changed());
    }
    out.println("  bits: those all partial sums need; possible: those of any inputs would need");
    out.flush();
  }
}
