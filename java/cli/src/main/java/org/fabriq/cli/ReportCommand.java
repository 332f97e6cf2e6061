// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.FabriqException;
import org.fabriq.report.HtmlReport;
import org.fabriq.report.ReportData;
import org.fabriq.resources.LabFigures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq report}: everything in one file. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Write one self-contained HTML file: accuracy, time, break-even, resources and cycles beside"
          + " the",
      "lab's figures; charts as SVG and PNG, figures as JSON and CSV beside it. What is not given"
          + " is",
      "measured now."
    })
final class ReportCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      defaultValue = "fabriq-report",
      paramLabel = "FOLDER",
      description = "Where to write; made if missing. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--device",
      paramLabel = "ADDRESS",
      defaultValue = "emulation",
      description = "Device, see 'fabriq devices'. Default: ${DEFAULT-VALUE}.")
  private String device;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of MNIST in IDX form. Default: digits that FabriQ draws itself.")
  private Path data;

  @Option(names = "--images", paramLabel = "N", description = "Number of test images.")
  private Integer images;

  @Option(names = "--compare", paramLabel = "FILE", description = "JSON of 'fabriq compare'.")
  private Path compare;

  @Option(names = "--sweep", paramLabel = "FILE", description = "JSON of 'fabriq sweep'.")
  private Path sweep;

  @Option(names = "--latency", paramLabel = "FILE", description = "JSON of 'fabriq latency'.")
  private Path latency;

  @Option(names = "--break-even", paramLabel = "FILE", description = "JSON of 'fabriq break-even'.")
  private Path breakEven;

  @Option(
      names = "--resources",
      paramLabel = "FILE|FOLDER",
      arity = "1..*",
      description = "Reports of synthesis tools. Default: the lab's figures alone.")
  private List<Path> resources = new ArrayList<>();

  @Option(
      names = "--quick",
      description = "Measure three batches for half a second each, instead of seven for two.")
  private boolean quick;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new FabriqException(
          "cannot make folder %s (%s); name another".formatted(out, e.getMessage()));
    }
    PrintWriter console = spec.commandLine().getOut();
    JsonNode compared = part(compare, "compare", workload("--device", device));
    JsonNode swept = part(sweep, "sweep", workload("--device", device));
    String batches = quick ? "1,64,1024" : "1,4,16,64,256,1024,4096";
    Path timed = out.resolve("latency.json");
    JsonNode latencies =
        part(
            latency,
            "latency",
            List.of(
                "--device",
                device,
                "--layers",
                "784x128,128x64,64x10",
                "--batches",
                batches,
                "--seconds",
                quick ? "0.5" : "2",
                "--csv",
                out.resolve("latency.csv").toString()));
    JsonNode even =
        part(breakEven, "break-even", List.of("--from", (latency == null ? timed : latency) + ""));
    List<String> sources = new ArrayList<>();
    resources.forEach(path -> sources.add(path.toString()));
    sources.addAll(List.of("--csv", out.resolve("resources.csv").toString()));
    JsonNode used = part(null, "resources", sources);
    Path html =
        new HtmlReport(new ReportData(compared, swept, latencies, even, used, LabFigures.load()))
            .write(out);
    console.printf("%nwritten: %s, charts and figures beside it%n", html);
    console.flush();
    return FabriqCommand.OK;
  }

  private List<String> workload(String... more) {
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    if (data != null) {
      arguments.addAll(List.of("--data", data.toString()));
    }
    if (images != null) {
      arguments.addAll(List.of("--images", images.toString()));
    }
    return arguments;
  }

  /** Reads a part, or runs the command that makes it. */
  private JsonNode part(Path given, String command, List<String> arguments) {
    if (given != null) {
      return JsonOutput.read(given);
    }
    Path file = out.resolve(command + ".json");
    List<String> all = new ArrayList<>(List.of(command, "--json", file.toString()));
    all.addAll(arguments);
    CommandLine line =
        FabriqCommand.commandLine()
            .setOut(spec.commandLine().getOut())
            .setErr(spec.commandLine().getErr());
    int code = line.execute(all.toArray(String[]::new));
    if (code != FabriqCommand.OK) {
      throw new FabriqException(
          "'fabriq %s' ended with code %d; see above".formatted(String.join(" ", all), code));
    }
    return JsonOutput.read(file);
  }
}
