// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import org.fabriq.measure.Board;
import org.fabriq.measure.BreakEven;
import org.fabriq.measure.CpuCurve;
import org.fabriq.measure.NetworkBreakEven;
import org.fabriq.measure.PlannedNetwork;

/** Prints from which batch whole networks pay on boards. */
final class NetworkBreakEvenTable {
  private static final int[] SHOWN = {1, 64};

  private final PrintWriter out;
  private final QuietOption quiet;

  /**
   * Prepares.
   *
   * @param quiet whether to print what rests on noisy times
   */
  NetworkBreakEvenTable(PrintWriter out, QuietOption quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  void print(List<Board> boards, List<NetworkBreakEven> studies) {
    out.println("Assumed; nothing was measured on a board:");
    boards.forEach(board -> out.printf("  %s%n    %s%n", board, board.assumptions()));
    studies.forEach(this::noise);
    out.printf(
        "%n%-20s %-12s %-24s %8s %14s %14s%n",
        "network", "board", "against", "pays at", "us, batch 1", "us, batch 64");
    for (NetworkBreakEven study : studies) {
      if (!study.network().planned().fits()) {
        study
            .network()
            .planned()
            .obstacles()
            .forEach(line -> out.printf("%-20s no program: %s%n", study.network().name(), line));
      }
      for (CpuCurve opponent : study.opponents()) {
        opponent(study, opponent);
      }
      study.onBoards().forEach(each -> finding(study, each.board(), each.finding()));
    }
    out.println();
    out.println(
        "pays at: the least batch from which on one launch is never slower than the session,");
    out.printf(
        "up to %,d; -: there is none. A launch is the cycles of the planner at the clock, the%n",
        BreakEven.MAX_BATCH);
    out.println("launch itself, and copies of images and results, one after the other.");
  }

  private void noise(NetworkBreakEven study) {
    if (!study.noise().quiet()) {
      out.printf("CPU times of %s are noisy:%n", study.network().name());
      study.noise().findings().forEach(finding -> out.printf("  %s%n", finding));
    }
  }

  private void opponent(NetworkBreakEven study, CpuCurve curve) {
    out.printf("%-20s %-12s %-24s %8s", study.network().name(), "", curve.device(), "");
    for (int batch : SHOWN) {
      String text = quiet.shows(curve.noise()) ? curve.noise().micros(curve.at(batch)) : "noisy";
      out.printf(" %14s", text);
    }
    out.println();
  }

  private void finding(NetworkBreakEven study, Board board, BreakEven finding) {
    PlannedNetwork planned = study.network().planned();
    String batch =
        quiet.shows(finding.noise())
            ? (finding.batch().isPresent() ? "%,d".formatted(finding.batch().getAsInt()) : "-")
                + finding.noise().mark()
            : "noisy";
    out.printf(
        "%-20s %-12s %-24s %8s %14.1f %14.1f%n",
        study.network().name(),
        board.word(),
        finding.device(),
        batch,
        board.micros(planned, SHOWN[0]),
        board.micros(planned, SHOWN[1]));
  }
}
