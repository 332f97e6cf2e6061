// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.runtime.Device;
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
      "It shows for each layer what it takes of the kernel's stores. A network that does not fit is"
          + " cut into programs, and layers that run one by one, with the reasons; if there are"
          + " such with weights, the exit code is 1. Cycles are by formula; nothing is run."
    },
    footer = {
      "See what a network would take of a Zynq-7020:",
      "  fabriq plan kws.npz",
      "See how a device would launch it:",
      "  fabriq plan kws.npz --device emulation",
      "Compute 64 images at once, and keep the program:",
      "  fabriq plan mlp-int8.npz --batch 64 --out mlp.bin",
      "Make an integer network with symmetric weights first:",
      "  fabriq quantize --weights net.npz --data mnist --form integer \\",
      "      --scheme per-channel:symmetric:8 --out net-int8.npz"
    })
final class PlanCommand implements Callable<Integer> {
  private static final String TARGET = "--target";
  private static final String BATCH = "--batch";

  @Mixin private IntegerModel model;

  @Option(
      names = DeviceOption.NAME,
      paramLabel = "ADDRESS",
      description =
          "The network is planned for what this device holds, which must take whole networks.")
  private String device;

  @Option(
      names = TARGET,
      paramLabel = "NAME",
      converter = TargetConverter.class,
      description =
          "The network is planned for the kernel in this configuration of its sources, as zynq,"
              + " which is the default.")
  private OverlayTarget target;

  @Option(
      names = BATCH,
      paramLabel = "M",
      defaultValue = "1",
      description =
          "Each launch takes M images. As many of them as fit are computed at once, as pixels of"
              + " one, where the network is of vectors. The default is ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The program is written to this file, as docs/overlay.md states its form; of several, the"
              + " names end in -1, -2 and so on.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    IntegerNetwork network =
        model.open("fabriq quantize --form integer --scheme per-channel:symmetric:8");
    BatchLimit.check(BATCH, batch);
    OverlayTarget sizes = sizes();
    OverlayParts parts = OverlayParts.of(network, sizes);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("model    %s%n", network);
    List<OverlayPlan> programs = new PartsTable(network, parts, sizes, batch).print(out);
    if (file != null) {
      for (int i = 0; i < programs.size(); i++) {
        write(programs.get(i), programs.size() == 1 ? file : numbered(i + 1), out);
      }
    }
    out.flush();
    return parts.outside().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private OverlayTarget sizes() {
    if (device == null) {
      return target == null ? OverlayTarget.DEFAULT : target;
    }
    GivenOptions.of(spec)
        .refuse(true, "the sizes are those of --device", "leave out one of both", TARGET);
    try (Device opened = Device.open(device)) {
      Optional<OverlayTarget> sizes = opened.overlay();
      return sizes.orElseThrow(
          () ->
              new InvalidArgumentException(
                  "%s takes no whole networks; give a device that does, as emulation, or %s %s"
                      .formatted(device, TARGET, OverlayTarget.DEFAULT.name())));
    }
  }

  private Path numbered(int number) {
    String name = file.getFileName().toString();
    int end = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    return file.resolveSibling(
        "%s-%d%s".formatted(name.substring(0, end), number, name.substring(end)));
  }

  private static void write(OverlayPlan plan, Path to, PrintWriter out) {
    byte[] program = plan.program().bytes();
    CommandFiles.write(to, program);
    out.printf("written: %s (%,d bytes)%n", to, program.length);
  }
}
