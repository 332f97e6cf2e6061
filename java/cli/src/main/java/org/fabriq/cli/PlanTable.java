// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.OverlayUse;
import org.fabriq.overlay.PlannedLayer;
import org.fabriq.overlay.ProgramCycles;

/** Prints the plan of a program: a line per layer, and what all of them take. */
final class PlanTable {
  private static final String LINE = "%-12s %-11s %-19s %-9s %5s %6s %5s %7s %4s %7s %5s%n";
  private static final int LONGEST_NAME = 12;

  private PlanTable() {}

  static void print(OverlayPlan plan, OverlayTarget target, PrintWriter out) {
    layers(plan, target, out);
    use(plan.use(), target, out);
    cycles(plan, out);
  }

  private static void layers(OverlayPlan plan, OverlayTarget target, PrintWriter out) {
    out.printf(
        LINE, "layer", "kind", "form", "gives", "beats", "cycles", "array", "weights", "taps",
        "columns", "lines");
    for (PlannedLayer layer : plan.layers()) {
      out.printf(
          LINE,
          cut(layer.name()),
          layer.kind().word(),
          layer.form(),
          layer.output(),
          layer.beats(),
          layer.cycles(),
          "%.0f %%".formatted(100 * layer.arrayUse(target)),
          layer.weightEntries(),
          layer.tapRows(),
          layer.columnEntries(),
          layer.lines());
    }
  }

  private static void use(OverlayUse use, OverlayTarget target, PrintWriter out) {
    String narrow =
        use.narrowEntries() == 0
            ? ""
            : " and %d of %d of the first quarter"
                .formatted(
                    use.narrowEntries(), target.firstQuarterEntries() - target.weightEntries());
    out.printf(
        "uses     %d of %d records, %d of %d entries of weights%s, %d of %d rows of taps,%n",
        use.records(),
        target.records(),
        use.weightEntries(),
        target.weightEntries(),
        narrow,
        use.tapRows(),
        target.tapRows());
    out.printf(
        "         %d of %d entries of column parameters, %d of %d tables, %d of %d lines%n",
        use.columnEntries(),
        target.columnEntries(),
        use.tables(),
        target.tables(),
        use.lines(),
        target.lines());
  }

  private static void cycles(OverlayPlan plan, PrintWriter out) {
    ProgramCycles cycles = plan.cycles();
    int images = plan.images();
    if (images == 1) {
      out.printf(
          "cycles   %,d of one image, %,d more of each further one (by formula)%n",
          cycles.alone(), cycles.following());
    } else {
      out.printf(
          "cycles   %,d of %d images, %,d more of each further %d (by formula):"
              + " %.1f and %.1f per image%n",
          cycles.alone(),
          images,
          cycles.following(),
          images,
          (double) cycles.alone() / images,
          (double) cycles.following() / images);
    }
  }

  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
  }
}
