// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayPart;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.ProgramPart;

/**
 * Prints the parts of a network: a table for each program, and why other layers are in none.
 *
 * @param batch the images of a launch
 */
record PartsTable(IntegerNetwork network, OverlayParts parts, OverlayTarget target, int batch) {
  /** Prints them, and gives the programs. */
  List<OverlayPlan> print(PrintWriter out) {
    List<OverlayPlan> programs = new ArrayList<>();
    for (OverlayPart part : parts.parts()) {
      if (part instanceof ProgramPart program) {
        programs.add(program.planFor(batch));
        heading(part, programs.size(), out);
        PlanTable.print(programs.get(programs.size() - 1), target, out);
      } else {
        out.printf("%s, %s%n", part.name(), LaunchText.oneByOne(part));
      }
    }
    if (!parts.isWhole()) {
      parts.obstacles().forEach(line -> out.printf("does not fit at once: %s%n", line));
      LaunchText.outside(parts, network).forEach(line -> out.printf("one by one: %s%n", line));
    }
    int launches = parts.launches();
    out.printf("launches %d for a batch%n", launches);
    return programs;
  }

  private void heading(OverlayPart part, int number, PrintWriter out) {
    if (!parts.isWhole()) {
      out.printf("%s, program %d%n", part.name(), number);
    }
  }
}
