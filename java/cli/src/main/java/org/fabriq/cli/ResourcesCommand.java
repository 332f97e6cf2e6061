// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fabriq.resources.FpgaDevice;
import org.fabriq.resources.LabFigures;
import org.fabriq.resources.ResourceFiles;
import org.fabriq.resources.ResourceReport;
import org.fabriq.resources.ResourceReports;
import org.fabriq.resources.RtlReports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Parameters(
      paramLabel = "FILE|FOLDER",
      arity = "0..*",
      description =
          "Reports, or folders of them. Of two, the figures of the second / the first too. None:"
              + " the lab's figures alone.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description =
          "Take percentages of this FPGA: xc7z020, zu7ev, xck26, u50, u200, u250, u280, u55c."
              + " Default: of what each report counts as available, else of its part.")
  private String part;

  @Option(
      names = "--rtl",
      description =
          "Also FabriQ's kernels in SystemVerilog for a Zynq-7020, as Yosys counted them.")
  private boolean rtl;

  @Option(names = "--no-lab", description = "Leave the lab's figures out.")
  private boolean withoutLab;

  @Mixin private ResultFiles files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    files.check();
    Optional<FpgaDevice> of = Optional.ofNullable(part).map(FpgaDevice::of);
    List<List<ResourceReport>> read = paths.stream().map(ResourceReports::read).toList();
    List<ResourceReport> reports = new ArrayList<>();
    read.forEach(reports::addAll);
    if (rtl) {
      reports.addAll(RtlReports.load());
    }
    if (!withoutLab) {
      LabFigures.load().kernels().forEach(kernel -> reports.add(kernel.report()));
    }
    PrintWriter out = spec.commandLine().getOut();
    ResourceTable table = new ResourceTable(out, of);
    table.print(reports);
    if (read.size() == 2) {
      table.ratios(read.get(0), read.get(1));
    }
    files.write(() -> ResourceFiles.json(reports, of), () -> ResourceFiles.csv(reports), out);
    out.flush();
    return ExitCode.OK;
  }
}
