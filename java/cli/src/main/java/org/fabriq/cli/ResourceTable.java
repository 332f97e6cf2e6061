// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.fabriq.synthesis.ClockEstimate;
import org.fabriq.synthesis.FpgaDevice;
import org.fabriq.synthesis.Resource;
import org.fabriq.synthesis.ResourceReport;

/** Prints reports for people. */
final class ResourceTable {
  private static final String ROW = "%-18s %-14s %13s %13s %12s %12s %10s %14s %16s %16s  %s%n";
  private static final String[] FIGURES = {
    "LUT", "FF", "DSP", "BRAM_18K", "URAM", "clock/ns", "latency/cycles", "interval/cycles"
  };

  private final PrintWriter out;
  private final Optional<FpgaDevice> device;

  /**
   * Prepares.
   *
   * @param device what percentages are of; empty for what each report counts as available
   */
  ResourceTable(PrintWriter out, Optional<FpgaDevice> device) {
    this.out = out;
    this.device = device;
  }

  void print(List<ResourceReport> reports) {
    heading("name", "report", "source");
    for (ResourceReport report : reports) {
      out.printf(
          ROW,
          report.name(),
          report.kind().label(),
          used(report, Resource.LUT),
          used(report, Resource.FF),
          used(report, Resource.DSP),
          used(report, Resource.BRAM_18K),
          used(report, Resource.URAM),
          clock(report.clock()),
          range(report.cycles().latencyMin(), report.cycles().latencyMax()),
          range(report.cycles().intervalMin(), report.cycles().intervalMax()),
          report.source());
    }
    out.printf(
        "%nPercent of %s. clock: reached of asked for. -: the report does not tell.%n",
        device
            .map(FpgaDevice::label)
            .orElse("what each report counts as available, or its device"));
  }

  /** Of each name that both have, the second's figures / the first's. */
  void ratios(List<ResourceReport> first, List<ResourceReport> second) {
    out.println();
    heading("second / first", "", "");
    boolean none = true;
    for (ResourceReport a : first) {
      for (ResourceReport b : second) {
        if (a.name().equals(b.name())) {
          none = false;
          out.printf(
              ROW,
              a.name(),
              "",
              ratio(a.used().get(Resource.LUT), b.used().get(Resource.LUT)),
              ratio(a.used().get(Resource.FF), b.used().get(Resource.FF)),
              ratio(a.used().get(Resource.DSP), b.used().get(Resource.DSP)),
              ratio(a.used().get(Resource.BRAM_18K), b.used().get(Resource.BRAM_18K)),
              ratio(a.used().get(Resource.URAM), b.used().get(Resource.URAM)),
              ratio(a.clock().estimated(), b.clock().estimated()),
              ratio(a.cycles().latencyMax(), b.cycles().latencyMax()),
              ratio(a.cycles().intervalMax(), b.cycles().intervalMax()),
              "");
        }
      }
    }
    if (none) {
      out.println("no kernel of the first is in the second: names differ");
    }
  }

  private void heading(String name, String report, String source) {
    Object[] cells = new Object[FIGURES.length + 3];
    cells[0] = name;
    cells[1] = report;
    System.arraycopy(FIGURES, 0, cells, 2, FIGURES.length);
    cells[cells.length - 1] = source;
    out.printf(ROW, cells);
  }

  private String used(ResourceReport report, Resource resource) {
    OptionalLong count = report.used().get(resource);
    if (count.isEmpty()) {
      return "-";
    }
    OptionalDouble share = report.share(resource, device);
    if (share.isEmpty()) {
      share = report.share(resource, report.device());
    }
    return share.isEmpty()
        ? "%,d".formatted(count.getAsLong())
        : "%,d %4.1f%%".formatted(count.getAsLong(), 100 * share.getAsDouble());
  }

  private static String clock(ClockEstimate clock) {
    return clock.isUnknown() ? "-" : text(clock.estimated()) + " of " + text(clock.target());
  }

  private static String text(OptionalDouble nanoseconds) {
    return nanoseconds.isEmpty() ? "-" : "%.2f".formatted(nanoseconds.getAsDouble());
  }

  private static String range(OptionalLong min, OptionalLong max) {
    return min.equals(max) ? text(min) : text(min) + " to " + text(max);
  }

  private static String text(OptionalLong cycles) {
    return cycles.isEmpty() ? "-" : "%,d".formatted(cycles.getAsLong());
  }

  private static String ratio(OptionalLong first, OptionalLong second) {
    return ratio(real(first), real(second));
  }

  private static OptionalDouble real(OptionalLong value) {
    return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty();
  }

  private static String ratio(OptionalDouble first, OptionalDouble second) {
    return first.isEmpty() || second.isEmpty() || first.getAsDouble() == 0
        ? "-"
        : "%.3f".formatted(second.getAsDouble() / first.getAsDouble());
  }
}
