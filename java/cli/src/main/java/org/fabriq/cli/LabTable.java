// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import org.fabriq.report.LabComparison;
import org.fabriq.report.LabRow;

/** Prints the comparison with the lab for people. */
final class LabTable {
  private static final String KERNELS = "%-7s %-46s %14s %14s %8s  %s%n";
  private static final String WORDS = "%4s %-46s %14s %14s %8s  %s%n";

  private LabTable() {}

  static void print(LabComparison lab, PrintWriter out) {
    out.printf("%nThe lab (Zynq-7020, layer 2 of 10,000 MNIST images) and FabriQ%n");
    out.printf(KERNELS, "kernel", "what", "lab", "FabriQ", "ratio", "where FabriQ's is from");
    for (LabRow row : lab.rows()) {
      if (row.wordLength() == 0) {
        print(row, KERNELS, row.kernel(), out);
      }
    }
    out.printf("%nfp32 x int8 by word length%n");
    out.printf(WORDS, "wl", "what", "lab", "FabriQ", "ratio", "where FabriQ's is from");
    for (LabRow row : lab.rows()) {
      if (row.wordLength() > 0) {
        print(row, WORDS, "" + row.wordLength(), out);
      }
    }
    out.println();
    lab.remarks().forEach(out::println);
    out.println("ratio: FabriQ / lab. Time by a kernel's clock and wall time of this machine are");
    out.println("rows of their own; wall time of simulated devices is in none.");
    out.flush();
  }

  private static void print(LabRow row, String format, String first, PrintWriter out) {
    out.printf(
        format, first, row.what(), row.labText(), row.ownText(), row.ratioText(), row.sourceText());
  }
}
