// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.FabriqException;
import org.fabriq.io.IoReason;
import org.fabriq.report.HtmlReport;
import org.fabriq.report.LabComparison;
import org.fabriq.report.LabFiles;
import org.fabriq.report.ReportData;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceUnavailableException;
import org.fabriq.synthesis.FpgaDevice;
import org.fabriq.synthesis.LabFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq report}: everything in one file. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Report cycles, time, accuracy and resources beside the lab's figures.",
      "It prints them, and writes one self-contained HTML file of them with "
          + "latency and break-even; charts as SVG and PNG and figures as JSON and CSV "
          + "go beside it. What is not given by an option is measured now. The lab is a "
          + "university exercise that multiplies matrices on a PYNQ-Z2."
    },
    footer = {
      "Measure everything on MNIST:",
      "  fabriq report --data mnist --folder report",
      "Measure a model of your own; what is set against the lab says so:",
      "  fabriq report --weights net.npz --data mnist",
      "Measure quickly, but take the latency from a file:",
      "  fabriq report --quick --latency latency.json",
      "Show whole networks, too, which 'fabriq latency --networks' measured before:",
      "  fabriq report --network-latency networks.json"
    })
final class ReportCommand implements Callable<Integer> {
  private static final String SIZES = "784x128,128x64,64x10";
  private static final String CYCLES = "cycles.json";

  @Option(
      names = "--folder",
      defaultValue = "fabriq-report",
      paramLabel = "FOLDER",
      description =
          "All files are written to this folder, which is made if it is missing. The "
              + "default is ${DEFAULT-VALUE}.")
  private Path folder;

  @Mixin private DeviceOption device;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "The samples come from here, in any form that compare takes. The default is digits that "
              + "FabriQ draws itself.")
  private Path data;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "The first N test images are taken. The default is all of them, at most " + "10,000.")
  private Integer images;

  @Mixin private ModelOption model;

  @Mixin private ReportFiles files;

  @Option(
      names = "--cycles-device",
      paramLabel = "ADDRESS",
      defaultValue = "xrt:hw_emu?model=rtl",
      description =
          "This device counts cycles where --cycles is not given; they are left out "
              + "where it cannot be opened. The default is ${DEFAULT-VALUE}.")
  private String cyclesDevice;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      defaultValue = "xc7z020",
      description = "Shares of resources are of this FPGA. The default is ${DEFAULT-VALUE}.")
  private String part;

  @Option(
      names = "--quick",
      description =
          "Three batch sizes are measured for half a second each, instead of seven for " + "two.")
  private boolean quick;

  @Mixin private QuietOption quiet;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    PrintWriter console = spec.commandLine().getOut();
    ReportParts parts = new ReportParts(folder, Screen.of(spec));
    JsonNode compared =
        parts.get(files.compare(), "compare.json", workload("compare" + quiet.handedOn()));
    JsonNode swept = parts.get(files.sweep(), "sweep.json", workload("sweep"));
    JsonNode latencies =
        parts.get(
            files.latency(),
            "latency.json",
            ReportParts.words(
                (quick
                        ? "latency --batches 1,64,1024 --seconds 0.5"
                        : "latency --batches 1,4,16,64,256,1024,4096 --seconds 2")
                    + quiet.handedOn(),
                "--sizes",
                SIZES,
                DeviceOption.NAME,
                device.address(),
                "--csv",
                folder.resolve("latency.csv")));
    JsonNode counted = cycles(parts, console);
    JsonNode even =
        parts.get(
            files.breakEven(),
            "break-even.json",
            ReportParts.words(
                "break-even" + quiet.handedOn(),
                "--from",
                parts.file(files.latency(), "latency.json"),
                "--cycles",
                counted.isMissingNode() ? null : parts.file(files.cycles(), CYCLES)));
    JsonNode used = parts.get(null, "resources.json", resources());
    ReportData found =
        new ReportData(
            compared,
            swept,
            latencies,
            counted,
            even,
            used,
            files.networks(),
            LabFigures.load(),
            quiet.onlyQuiet());
    LabComparison lab = new LabComparison(found);
    CommandFiles.write(folder.resolve("lab.json"), LabFiles.json(lab));
    CommandFiles.writeText(folder.resolve("lab.csv"), LabFiles.csv(lab));
    LabTable.print(lab, console);
    console.printf(
        "%nwritten: %s, charts and figures beside it%n", new HtmlReport(found).write(folder));
    console.flush();
    return ExitCode.OK;
  }

  /** Refuses what is wrong before minutes of measuring. */
  private void check() {
    refuseUnused(GivenOptions.of(spec));
    files.check();
    FpgaDevice.of(part);
    if (!files.measured()) {
      Device.open(device.address()).close();
    }
    if (files.cycles() == null) {
      checkCyclesDevice();
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FabriqException(
          "cannot make folder %s (%s); name another".formatted(folder, IoReason.of(e)));
    }
  }

  /** Refuses what is about measurements that come from files. */
  private void refuseUnused(GivenOptions given) {
    String remedy = "leave it out, or one of the files";
    given.refuse(
        files.compare() != null && files.sweep() != null,
        "accuracies come from --compare and --sweep",
        remedy,
        "--data",
        "--images",
        ModelOption.NAME,
        ModelOption.ACTIVATION);
    given.refuse(
        files.measured(),
        "all that it measures comes from --compare, --sweep and --latency",
        remedy,
        DeviceOption.NAME);
    given.refuse(
        files.latency() != null, "latencies come from --latency", "leave out one", "--quick");
    given.refuse(
        files.cycles() != null, "cycles come from --cycles", "leave out one", "--cycles-device");
  }

  private void checkCyclesDevice() {
    try {
      Device.open(cyclesDevice).close();
    } catch (DeviceUnavailableException e) {
      return; // left out, which is said in its place
    }
  }

  private List<String> workload(String command) {
    return ReportParts.words(
        command,
        DeviceOption.NAME,
        device.address(),
        "--data",
        data,
        "--images",
        images,
        ModelOption.NAME,
        model.file(),
        ModelOption.ACTIVATION,
        model.activation() == null ? null : model.activation().word());
  }

  /** Cycles of the network's layers; a missing node where the device cannot be opened. */
  private JsonNode cycles(ReportParts parts, PrintWriter console) {
    if (files.cycles() == null) {
      try (Device opened = Device.open(cyclesDevice)) {
        console.printf("%ncycles  counted by %s%n", opened);
      } catch (DeviceUnavailableException e) {
        console.printf("%ncycles  left out: %s%n", e.getMessage());
        return MissingNode.getInstance();
      }
    }
    return parts.get(
        files.cycles(),
        CYCLES,
        ReportParts.words(
            "latency --against cpu:java --batches 1,64 --samples 2 --seconds 0.01"
                + quiet.handedOn(),
            "--sizes",
            SIZES,
            DeviceOption.NAME,
            cyclesDevice));
  }

  private List<String> resources() {
    List<String> words = ReportParts.words("resources", "--part", part);
    words.addAll(List.of("--csv", folder.resolve("resources.csv").toString()));
    if (files.resources().isEmpty()) {
      words.add("--rtl");
    }
    files.resources().forEach(path -> words.add(path.toString()));
    return words;
  }
}
