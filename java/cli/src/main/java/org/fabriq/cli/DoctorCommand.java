// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.board.BoardInspection;
import org.fabriq.board.Finding;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.measure.MachineState;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceException;
import org.fabriq.runtime.DeviceProvider;
import org.fabriq.runtime.DeviceUnavailableException;
import org.fabriq.xclbin.XclbinChecker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Check what FabriQ needs on this machine, and say how to get what is missing.",
      "The exit code is 1 if something that is needed is missing, or a board that "
          + "is there does not work."
    },
    footer = {
      "Check this machine and its boards:",
      "  fabriq doctor",
      "Check whether an xclbin is for the board that is here:",
      "  fabriq doctor --xclbin kernels.xclbin"
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--xclbin",
      paramLabel = "FILE",
      description =
          "This xclbin is checked too: what it is, and whether it is for the board "
              + "that is here.")
  private Path xclbin;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "Only boards are looked at, in a copy of another machine's /proc, /sys, /dev "
              + "and /etc.")
  private Path root;

  @Spec private CommandSpec spec;
  private boolean healthy = true;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (xclbin != null && !Files.isRegularFile(xclbin)) {
      XclbinChecker.check(xclbin);
    }
    if (root != null) {
      boards(out, root);
      out.flush();
      return healthy ? ExitCode.OK : ExitCode.FAILED;
    }
    out.printf("machine   %s%n", MachineState.now());
    out.printf("java      %s (%s)%n", Runtime.version(), System.getProperty("java.home"));
    out.printf("fabriq    %s%n%n", Version.text());
    for (DeviceProvider provider : Device.providers()) {
      line(
          out,
          provider.scheme(),
          provider.optional(),
          () -> provider.probe() + "; " + selfTest(provider.example()));
    }
    line(out, "models", false, DoctorCommand::models);
    line(out, "cache", false, DoctorCommand::cache);
    boards(out, Path.of("/"));
    out.println();
    BuildTools.print(out);
    out.flush();
    return healthy ? ExitCode.OK : ExitCode.FAILED;
  }

  private void boards(PrintWriter out, Path machine) {
    if (!Files.isDirectory(machine)) {
      throw new InvalidArgumentException(
          "no folder '%s'; give one that holds proc, sys and dev".formatted(machine));
    }
    XclbinFindings checked = XclbinFindings.of(xclbin);
    checked.findings().forEach(finding -> print(out, finding));
    List<Finding> findings = BoardInspection.inspect(machine, checked.info());
    if (findings.isEmpty()) {
      out.printf("%-16s none here: no Zynq's device tree, no Xilinx card on PCIe%n", "board");
      if (checked.info() != null) {
        out.printf("%-16s not compared with a board, since none is here%n", "xclbin");
      }
    }
    findings.forEach(finding -> print(out, finding));
  }

  private void print(PrintWriter out, Finding finding) {
    healthy &= finding.state() != Finding.State.WRONG;
    out.printf("%-16s %s: %s%n", finding.subject(), label(finding.state()), finding.text());
  }

  private static String label(Finding.State state) {
    return switch (state) {
      case OK -> "ok";
      case WARNING -> "warning";
      case WRONG -> "WRONG";
    };
  }

  private interface Check {
    String run() throws IOException;
  }

  private void line(PrintWriter out, String name, boolean optional, Check check) {
    try {
      out.printf("%-16s ok: %s%n", name, check.run());
    } catch (IOException | RuntimeException e) {
      healthy &= optional && e instanceof DeviceUnavailableException;
      out.printf("%-16s %s: %s%n", name, optional ? "not there" : "MISSING", e.getMessage());
    }
  }

  /** Two images through every layer, compared with the reference bit by bit. */
  private static String selfTest(String scheme) {
    Network network = ShippedModel.DIGITS.network();
    try (Device device = Device.open(scheme);
        NetworkPlan plan = NetworkPlan.float32(network, device, 2)) {
      long mismatches =
          plan.mismatches(
              SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 2).inputs(0, 2),
              Set.copyOf(network.weightedLayers()));
      if (mismatches != 0) {
        throw new DeviceException(
            "self-test differs from the reference in %d elements; report this as a defect"
                .formatted(mismatches));
      }
      return "self-test exact";
    }
  }

  private static String models() {
    List<String> names = new ArrayList<>();
    for (ShippedModel model : ShippedModel.values()) {
      names.add(model.word() + " " + NetworkText.of(model.network()));
    }
    return String.join(", ", names);
  }

  private static String cache() throws IOException {
    Path folder = org.bytedeco.javacpp.Loader.getCacheDir().toPath();
    if (!Files.isWritable(folder)) {
      throw new IOException(
          folder
              + " is not writable, natives cannot be unpacked; set"
              + " -Dorg.bytedeco.javacpp.cachedir=DIR");
    }
    return folder.toString();
  }
}
