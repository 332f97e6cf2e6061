// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fabriq.synthesis.FpgaDevice;
import org.fabriq.synthesis.LabFigures;
import org.fabriq.synthesis.ResourceFiles;
import org.fabriq.synthesis.ResourceReport;
import org.fabriq.synthesis.ResourceReports;
import org.fabriq.synthesis.RtlReports;
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
      "Show used resources, clock and cycles of kernels, beside the lab's figures.",
      "It reads reports of Vitis HLS (csynth.xml, csynth.rpt), v++ (kernel_util, "
          + "xclbin.info), Vivado (report_utilization, report_timing_summary) and Yosys "
          + "(stat -json). The lab is a university exercise that multiplies matrices on "
          + "a PYNQ-Z2."
    },
    footer = {
      "Compare two syntheses, in shares of an Alveo U50:",
      "  fabriq resources before/csynth.xml after/csynth.xml --part u50",
      "Write the figures of FabriQ's own kernels to a file:",
      "  fabriq resources --rtl --no-lab --csv resources.csv"
    })
final class ResourcesCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE|FOLDER",
      arity = "0..*",
      description =
          "These reports, or folders of them, are read. With two, the ratio second / "
              + "first is printed too. With none, only the lab's figures are printed.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description =
          "Percentages are of this FPGA: xc7z020, zu7ev, xck26, u50, u200, u250, u280 "
              + "or u55c. The default is what each report counts as available, or else its "
              + "own part.")
  private String part;

  @Option(
      names = "--rtl",
      description =
          "FabriQ's kernels in SystemVerilog for a Zynq-7020 are shown too, as Yosys "
              + "counted them.")
  private boolean rtl;

  @Option(names = "--no-lab", description = "The lab's figures are left out.")
  private boolean withoutLab;

  @Mixin private ResultFiles files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
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
