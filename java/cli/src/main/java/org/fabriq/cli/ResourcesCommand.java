// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.fabriq.resources.ClockEstimate;
import org.fabriq.resources.FpgaDevice;
import org.fabriq.resources.LabFigures;
import org.fabriq.resources.Resource;
import org.fabriq.resources.ResourceFiles;
import org.fabriq.resources.ResourceReport;
import org.fabriq.resources.ResourceReports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fabriq resources}. */
@Command(
    name = "resources",
    mixinStandardHelpOptions = true,
    description = {
      "Used resources, clock and cycles from reports of Vitis HLS (csynth.xml, csynth.rpt), v++",
      "(kernel_util, xclbin.info), Vivado (report_utilization, report_timing_summary) and Yosys",
      "(stat -json), beside the lab's figures."
    })
final class ResourcesCommand implements Callable<Integer> {
  private static final String ROW = "%-18s %-14s %13s %13s %12s %12s %10s %14s %16s %16s%n";

  @Parameters(
      paramLabel = "FILE|FOLDER",
      arity = "0..*",
      description = "Reports, or folders of them. None: the lab's figures alone.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "Take percentages of this device: xc7z020, zu7ev, xck26, u50, u200, u250, u280, u55c."
              + " Default: of what each report counts as available, else of its part.")
  private String device;

  @Option(names = "--no-lab", description = "Leave the lab's figures out.")
  private boolean withoutLab;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  private Path json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Also write the figures as CSV.")
  private Path csv;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonOutput.requireFolder(json);
    Optional<FpgaDevice> of = Optional.ofNullable(device).map(FpgaDevice::of);
    List<ResourceReport> reports = new ArrayList<>();
    paths.forEach(path -> reports.addAll(ResourceReports.read(path)));
    if (!withoutLab) {
      LabFigures.load().kernels().forEach(kernel -> reports.add(kernel.report()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        ROW,
        "name",
        "report",
        "LUT",
        "FF",
        "DSP",
        "BRAM_18K",
        "URAM",
        "clock/ns",
        "latency/cycles",
        "interval/cycles");
    for (ResourceReport report : reports) {
      out.printf(
          ROW,
          report.name(),
          report.kind().label(),
          used(report, Resource.LUT, of),
          used(report, Resource.FF, of),
          used(report, Resource.DSP, of),
          used(report, Resource.BRAM_18K, of),
          used(report, Resource.URAM, of),
          clock(report.clock()),
          range(report.cycles().latencyMin(), report.cycles().latencyMax()),
          range(report.cycles().intervalMin(), report.cycles().intervalMax()));
    }
    out.printf(
        "%nPercent of %s. clock: reached of asked for. -: the report does not tell.%n",
        of.map(FpgaDevice::label).orElse("what each report counts as available, or its device"));
    if (json != null) {
      JsonOutput.write(json, ResourceFiles.json(reports, of));
      out.printf("written: %s%n", json);
    }
    if (csv != null) {
      JsonOutput.writeText(csv, ResourceFiles.csv(reports));
      out.printf("written: %s%n", csv);
    }
    out.flush();
    return FabriqCommand.OK;
  }

  private static String used(ResourceReport report, Resource resource, Optional<FpgaDevice> of) {
    OptionalLong count = report.used().get(resource);
    if (count.isEmpty()) {
      return "-";
    }
    OptionalDouble share = report.share(resource, of);
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
}
