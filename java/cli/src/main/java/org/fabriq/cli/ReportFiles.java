// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.measure.LatencyFiles;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.synthesis.ResourceReports;
import picocli.CommandLine.Option;

/** Options that name what was measured before; a report measures only the rest. */
final class ReportFiles {
  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Accuracies come from this file, which 'fabriq compare --json FILE' wrote.")
  private Path compare;

  @Option(
      names = "--sweep",
      paramLabel = "FILE",
      description =
          "The lab's sweep comes from this file, which 'fabriq sweep --json FILE' " + "wrote.")
  private Path sweep;

  @Option(
      names = "--latency",
      paramLabel = "FILE",
      description = "Latencies come from this file, which 'fabriq latency --json FILE' wrote.")
  private Path latency;

  @Option(
      names = "--cycles",
      paramLabel = "FILE",
      description =
          "Cycles come from this file, which 'fabriq latency --json FILE' wrote on a "
              + "device that counts them.")
  private Path cycles;

  @Option(
      names = "--break-even",
      paramLabel = "FILE",
      description = "The study comes from this file, which 'fabriq break-even --json FILE' wrote.")
  private Path breakEven;

  @Option(
      names = "--network-latency",
      paramLabel = "FILE",
      description =
          "Whole networks come from this file, which 'fabriq latency --networks FILES --json FILE'"
              + " wrote. Without it, no network is shown.")
  private Path networks;

  @Option(
      names = "--resources",
      paramLabel = "FILE|FOLDER",
      arity = "1..*",
      description =
          "Resources come from these reports of synthesis tools. The default is "
              + "FabriQ's kernels in SystemVerilog for a Zynq-7020, as Yosys counted them.")
  private List<Path> resources = new ArrayList<>();

  Path compare() {
    return compare;
  }

  Path sweep() {
    return sweep;
  }

  Path latency() {
    return latency;
  }

  Path cycles() {
    return cycles;
  }

  Path breakEven() {
    return breakEven;
  }

  /** What was measured of whole networks; none where no file was given. */
  List<NetworkLatency> networks() {
    return networks == null ? List.of() : LatencyFiles.networks(CommandFiles.read(networks));
  }

  /** Reports of synthesis tools; none for FabriQ's own. */
  List<Path> resources() {
    return resources;
  }

  /** Whether the device of the report is not needed any more. */
  boolean measured() {
    return compare != null && sweep != null && latency != null;
  }

  /**
   * Refuses what is wrong before minutes of measuring.
   *
   * @throws org.fabriq.FileFormatException if a file is not what its option wants
   */
  void check() {
    check(compare, "compare", "/variants/0/name");
    check(sweep, "sweep", "/rows/0/wl");
    check(latency, "latency", "/layers");
    check(cycles, "latency", "/layers");
    check(networks, "latency --networks FILES", "/networks");
    check(breakEven, "break-even", "/studies/0/findings");
    resources.forEach(ResourceReports::read);
  }

  private static void check(Path file, String command, String part) {
    if (file != null) {
      CommandFiles.read(file, command, part);
    }
  }
}
