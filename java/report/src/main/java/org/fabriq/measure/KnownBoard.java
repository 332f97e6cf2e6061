// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The boards that are studied, the smallest first. */
public enum KnownBoard {
  /** A Zynq-7020. */
  ZYNQ("a Zynq-7020", 60, 0.8, 100, "a 64-bit port at 100 MHz moves 0.8 GB/s"),

  /** A KV260. */
  KV260(
      "a KV260", 60, 2.4, 300, "a 64-bit port at 300 MHz moves 2.4 GB/s; one array as on the Zynq"),

  /** An Alveo. */
  ALVEO(
      "an Alveo",
      100,
      10,
      300,
      "the upper end, because images and results are moved by commands of their own; PCIe moves"
          + " some 10 GB/s; one array as on the Zynq, although several fit");

  private static final String LAUNCH = "XRT takes 45 to 100 us for a launch; ";
  private static final String UNROUTED = "; the kernel was not placed or routed for it";

  private final Board board;

  KnownBoard(
      String name,
      double launchMicros,
      double gigabytesPerSecond,
      double megahertz,
      String assumptions) {
    this.board =
        new Board(
            name().toLowerCase(Locale.ROOT),
            name,
            launchMicros,
            gigabytesPerSecond,
            megahertz,
            LAUNCH + assumptions + UNROUTED);
  }

  /** What is assumed of it. */
  public Board board() {
    return board;
  }

  /** What is assumed of all of them, in order. */
  public static List<Board> boards() {
    return Arrays.stream(values()).map(KnownBoard::board).toList();
  }
}
