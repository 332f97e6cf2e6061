// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.xclbin.XclbinManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fabriq xclbin describe}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Check an xclbin that another tool made, v++ for instance, and write its "
          + "manifest FILE.json.",
      "A manifest that is there is replaced."
    },
    footer = {
      "Describe what v++ built:",
      "  fabriq xclbin describe kernels.xclbin --tool v++=2024.2",
      "Describe an xclbin that does not state its clock:",
      "  fabriq xclbin describe kernels.xclbin --clock 300"
    })
final class XclbinDescribeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "This xclbin is described.")
  private Path file;

  @Option(
      names = "--clock",
      paramLabel = "MHZ",
      description = "The kernels have this clock; it is for an xclbin that does not state it.")
  private Integer clock;

  @Option(
      names = "--configuration",
      paramLabel = "NAME",
      converter = TargetConverter.class,
      description =
          "The kernel network_i8 was built in this configuration of its sizes, as zynq (the"
              + " default), small, alveo or hls; it is for an xclbin that does not state it.")
  private OverlayTarget configuration;

  @Option(
      names = "--tool",
      paramLabel = "NAME=VERSION",
      description =
          "This tool made the xclbin, as v++=2024.2. The option may be given several " + "times.")
  private Map<String, String> tools = new TreeMap<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    XclbinManifest manifest =
        XclbinManifest.describe(
            file, clock, configuration == null ? null : configuration.name(), tools);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %s on %s, %d MHz, uuid %s; manifest %s%n",
            file,
            manifest.xclbin().target(),
            manifest.xclbin().platform(),
            manifest.xclbin().clockMhz(),
            manifest.uuid(),
            XclbinManifest.beside(file));
    return ExitCode.OK;
  }
}
