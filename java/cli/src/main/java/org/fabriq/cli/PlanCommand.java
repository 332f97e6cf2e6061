// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Plan an integer network as a program of the kernel network_i8, which runs a whole network in"
          + " one launch.",
      "It shows for each layer what it takes of a Zynq-7020, and what does not fit and why. Cycles"
          + " are by formula; nothing is run."
    },
    footer = {
      "See what a network would take:",
      "  fabriq plan kws.npz",
      "Compute 64 images at once, and keep the program:",
      "  fabriq plan mlp-int8.npz --batch 64 --out mlp.bin",
      "Make an integer network with symmetric weights first:",
      "  fabriq quantize --weights net.npz --data mnist --form integer \\",
      "      --scheme per-channel:symmetric:8 --out net-int8.npz"
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private IntegerModel model;

  @Option(
      names = "--batch",
      paramLabel = "M",
      defaultValue = "1",
      description =
          "M images are computed at once, as pixels of one, by a network of vectors. Networks of"
              + " images take 1, which is the default.")
  private int batch;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The program is written to this file, as docs/overlay.md states its form.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    IntegerNetwork network =
        model.open("fabriq quantize --form integer --scheme per-channel:symmetric:8");
    if (batch < 1 || batch > OverlayTarget.ZYNQ.lines()) {
      throw new InvalidArgumentException(
          "--batch %d, limit 1 to %d".formatted(batch, OverlayTarget.ZYNQ.lines()));
    }
    OverlayPlan plan = OverlayPlan.of(network, OverlayTarget.ZYNQ, batch);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("model    %s%n", network);
    PlanTable.print(plan, OverlayTarget.ZYNQ, out);
    if (plan.fits() && file != null) {
      byte[] program = plan.program().bytes();
      CommandFiles.write(file, program);
      out.printf("written: %s (%,d bytes)%n", file, program.length);
    }
    out.flush();
    return plan.fits() ? ExitCode.OK : ExitCode.FAILED;
  }
}
