// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.measure.Board;
import org.fabriq.measure.KnownBoard;
import picocli.CommandLine.Option;

/** The options of {@code fabriq break-even} that say what a launch on a board costs. */
final class BoardOptions {
  static final String BOARDS = "--boards";
  private static final String LAUNCH = "--launch-time";
  private static final String RATE = "--rate";
  private static final String CLOCK = "--clock";

  @Option(
      names = BOARDS,
      split = ",",
      paramLabel = "LIST",
      defaultValue = "zynq,kv260,alveo",
      description =
          "Whole networks are studied on these boards: zynq, kv260 and alveo. The default is all."
              + " What is assumed of each is printed.")
  private List<KnownBoard> boards;

  @Option(
      names = LAUNCH,
      defaultValue = "60",
      paramLabel = "US",
      description =
          "A launch takes this many microseconds. The default is ${DEFAULT-VALUE}; of whole"
              + " networks, what is assumed of each board.")
  private double launch;

  @Option(
      names = RATE,
      defaultValue = "1",
      paramLabel = "GB/S",
      description =
          "Transfers have this rate; it is 0.8 to 1.2 for one port of a Zynq-7000, and some 10 for"
              + " PCIe. The default is ${DEFAULT-VALUE}; of whole networks, what is assumed of each"
              + " board.")
  private double rate;

  @Option(
      names = CLOCK,
      defaultValue = "100",
      paramLabel = "MHZ",
      description =
          "The kernel has this clock. The default is ${DEFAULT-VALUE}; of whole networks, what is"
              + " assumed of each board.")
  private double clock;

  double launchMicros() {
    return launch;
  }

  double gigabytesPerSecond() {
    return rate;
  }

  double megahertz() {
    return clock;
  }

  /** The boards, with what was given in place of what is assumed. */
  List<Board> boards(GivenOptions given) {
    return boards.stream().map(known -> with(known.board(), given)).toList();
  }

  private Board with(Board board, GivenOptions given) {
    boolean changed = given.has(LAUNCH) || given.has(RATE) || given.has(CLOCK);
    return !changed
        ? board
        : new Board(
            board.word(),
            board.name(),
            given.has(LAUNCH) ? launch : board.launchMicros(),
            given.has(RATE) ? rate : board.gigabytesPerSecond(),
            given.has(CLOCK) ? clock : board.megahertz(),
            "as the options say, the rest as assumed: " + board.assumptions());
  }
}
