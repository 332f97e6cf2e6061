// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.List;
import java.util.OptionalDouble;
import org.fabriq.measure.Board;
import org.fabriq.measure.BreakEven;
import org.fabriq.measure.KnownBoard;
import org.fabriq.measure.LatencyResult;
import org.fabriq.measure.NetworkBreakEven;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.measure.NetworkLatency.Point;
import org.fabriq.measure.NetworkLatency.Side;
import org.fabriq.measure.Noise;
import org.fabriq.measure.PlannedNetwork;

/**
 * The tables of whole networks: every side of every batch, and from which batch boards pay.
 *
 * @param networks that were measured
 * @param studies of those with a session on the CPU
 * @param onlyQuiet whether noisy times are withheld
 */
record NetworkTables(
    List<NetworkLatency> networks, List<NetworkBreakEven> studies, boolean onlyQuiet) {
  void write(HtmlText out) {
    sides(out);
    if (!studies.isEmpty()) {
      boards(out);
    }
  }

  private void sides(HtmlText out) {
    HtmlTable table =
        new HtmlTable(
                "network",
                "batch",
                "side",
                "p50 us",
                "us an image",
                "cycles",
                "by formula",
                "array use",
                "remarks")
            .leftAligned(1)
            .wrappedLast();
    for (NetworkLatency network : networks) {
      for (Point point : network.points()) {
        point.sides().forEach(side -> side(table, network, point, side));
      }
    }
    table.write(out);
    for (NetworkLatency network : networks) {
      for (String obstacle : network.planned().obstacles()) {
        out.raw("<p class=\"note\">")
            .text("%s is no program: %s".formatted(network.name(), obstacle))
            .raw("</p>\n");
      }
    }
  }

  private void side(HtmlTable table, NetworkLatency network, Point point, Side side) {
    LatencyResult.Side times = side.times();
    PlannedNetwork planned = network.planned();
    boolean whole = side.way() == NetworkLatency.Way.NETWORK;
    OptionalDouble use = network.arrayUse(point, side);
    table.row(
        network.name(),
        "%,d".formatted(point.batch()),
        side.name(),
        micros(times.p50(), point.noise()),
        micros(times.p50() / point.batch(), point.noise()),
        times.cycles() < 0 ? "" : "%,d".formatted(times.cycles()),
        whole && planned.fits() ? "%,d".formatted(planned.cycles(point.batch())) : "",
        use.isPresent() ? "%.0f %%".formatted(100 * use.getAsDouble()) : "",
        remarks(times, point.noise()));
  }

  private String micros(double value, Noise noise) {
    return noise.shown(onlyQuiet) ? "%,.1f".formatted(value) + noise.mark() : "-";
  }

  private static String remarks(LatencyResult.Side times, Noise noise) {
    String simulated = times.simulated() ? "simulated" : "";
    String separator = simulated.isEmpty() || noise.quiet() ? "" : "; ";
    return simulated + separator + (noise.quiet() ? "" : noise.cause());
  }

  private void boards(HtmlText out) {
    out.raw("<ul>\n");
    for (NetworkBreakEven study : studies) {
      for (BreakEven finding : study.findings()) {
        String text = finding.noise().shown(onlyQuiet) ? finding.sentence() : finding.withheld();
        out.raw("<li>").text(text).raw("</li>\n");
      }
    }
    out.raw("</ul>\n");
    for (Board board : KnownBoard.boards()) {
      out.raw("<p class=\"note\">")
          .text("Assumed of %s; %s.".formatted(board, board.assumptions()))
          .raw("</p>\n");
    }
  }
}
