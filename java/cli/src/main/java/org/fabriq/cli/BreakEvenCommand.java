// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.Board;
import org.fabriq.measure.BreakEven;
import org.fabriq.measure.BreakEvenFiles;
import org.fabriq.measure.BreakEvenStudy;
import org.fabriq.measure.CountedCycles;
import org.fabriq.measure.KernelCycles;
import org.fabriq.measure.LatencyFiles;
import org.fabriq.measure.NetworkBreakEven;
import org.fabriq.measure.NetworkBreakEvenFiles;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.measure.NetworkPlacement;
import org.fabriq.measure.OffloadModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq break-even}. */
@Command(
    name = "break-even",
    mixinStandardHelpOptions = true,
    description = {
      "Find the batch from which offloading to an FPGA pays, for a layer, for a network layer by"
          + " layer, and for whole networks in one launch.",
      "It compares measured CPU times with launch + transfer + kernel cycles / clock. The defaults"
          + " are those of a Zynq-7020 with the int8 kernel of 512 multiplications per cycle; XRT"
          + " takes 45 to 100 us for a launch. Whole networks are studied on several boards, with"
          + " the planner's cycles. What rests on noisy CPU times is marked with '?'."
    },
    footer = {
      "Study layer 2 on a Zynq-7020, with the CPU times measured before:",
      "  fabriq break-even --from latency.json",
      "Study a card on PCIe, with the cycles that a simulation counted:",
      "  fabriq break-even --from latency.json --cycles cycles.json --rate 10 " + "--clock 300",
      "Study whole networks, which 'fabriq latency --networks' measured:",
      "  fabriq break-even --from networks.json"
    })
final class BreakEvenCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description =
          "CPU times come from this file, which 'fabriq latency --json FILE' wrote. "
              + "With --sizes 784x128,128x64,64x10 there, the whole network is studied too; with "
              + "--networks there, whole networks in one launch are.")
  private Path from;

  @Option(
      names = "--kernel",
      defaultValue = "i8i8",
      description =
          "The offloaded layers run on this kernel: f32f32, f32i8 or i8i8. The default "
              + "is ${DEFAULT-VALUE}.")
  private KernelType kernel;

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "784x128,128x64,64x10",
      paramLabel = "KxN",
      converter = LayerSize.Converter.class,
      description =
          "The network has these layers, each as inputs x outputs. The default is "
              + "${DEFAULT-VALUE}.")
  private List<LayerSize> sizes;

  @Option(
      names = "--offload",
      paramLabel = "LAYER",
      defaultValue = "2",
      description =
          "This layer, a number from 1, is offloaded alone. The default is " + "${DEFAULT-VALUE}.")
  private int layer;

  @Mixin private BoardOptions board;

  @Option(
      names = "--cycles",
      paramLabel = "FILE",
      description =
          "Cycles are taken as a device counted them, from this file, which 'fabriq "
              + "latency --device xrt:hw_emu?model=rtl --batches 1,64 --json FILE' wrote.")
  private Path counted;

  @Option(
      names = "--macs-per-cycle",
      paramLabel = "N",
      description =
          "The kernel multiplies N pairs per cycle; the number is entered instead of "
              + "counted. The default is 512 for i8i8, and 64 for the others.")
  private Double macsPerCycle;

  @Option(
      names = "--fixed-cycles",
      paramLabel = "N",
      description =
          "A call takes N cycles beyond its multiplications. The default is 98 for "
              + "i8i8, and 466 for the others.")
  private Long fixedCycles;

  @Mixin private QuietOption quiet;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (layer < 1 || layer > sizes.size()) {
      throw new InvalidArgumentException(
          "--offload %d is outside 1..%d, the layers of --sizes".formatted(layer, sizes.size()));
    }
    JsonNode latency = CommandFiles.read(from, "latency", "/layers");
    List<NetworkLatency> networks = LatencyFiles.networks(latency);
    check(networks);
    PrintWriter out = spec.commandLine().getOut();
    if (networks.isEmpty()) {
      studyLayers(latency, out);
    } else {
      studyNetworks(networks, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** Refuses what is about layers where whole networks are studied, and the other way round. */
  private void check(List<NetworkLatency> networks) {
    GivenOptions given = GivenOptions.of(spec);
    given.refuse(
        !networks.isEmpty(),
        "%s has whole networks, which are studied by the planner's cycles".formatted(from),
        "leave it out, or give a file of layers",
        "--kernel",
        "--sizes",
        "--offload",
        "--cycles",
        "--macs-per-cycle",
        "--fixed-cycles");
    given.refuse(
        networks.isEmpty(),
        "%s has no whole networks".formatted(from),
        "leave it out, or give a file of 'fabriq latency --networks'",
        BoardOptions.BOARDS);
  }

  private void studyNetworks(List<NetworkLatency> networks, PrintWriter out) {
    List<Board> boards = board.boards(GivenOptions.of(spec));
    List<NetworkBreakEven> studies =
        networks.stream().map(network -> NetworkBreakEven.of(network, boards)).toList();
    new NetworkBreakEvenTable(out, quiet).print(boards, studies);
    json.write(() -> NetworkBreakEvenFiles.json(boards, studies), out);
  }

  private void studyLayers(JsonNode latency, PrintWriter out) {
    OffloadModel model =
        new OffloadModel(
            kernel, board.launchMicros(), board.gigabytesPerSecond(), board.megahertz(), cycles());
    BreakEvenStudy study =
        new BreakEvenStudy(model, latency, LayerSize.chain("--sizes", sizes), layer);
    out.println(model);
    if (!study.noise().quiet()) {
      out.println("CPU times this rests on are noisy; measure again on a quiet machine:");
      study.noise().findings().forEach(finding -> out.printf("  %s%n", finding));
    }
    study.ofLayer().forEach(finding -> print(finding, out));
    study.ofNetwork().forEach(finding -> print(finding, out));
    for (NetworkPlacement placement : study.placements()) {
      out.println(quiet.shows(placement.noise()) ? placement.sentence() : placement.withheld());
    }
    json.write(() -> BreakEvenFiles.json(study), out);
  }

  private void print(BreakEven finding, PrintWriter out) {
    out.println(quiet.shows(finding.noise()) ? finding.sentence() : finding.withheld());
  }

  private KernelCycles cycles() {
    if (counted == null) {
      KernelCycles.Entered zynq = KernelCycles.Entered.ofZynq(kernel);
      return new KernelCycles.Entered(
          macsPerCycle != null ? macsPerCycle : zynq.macsPerCycle(),
          fixedCycles != null ? fixedCycles : zynq.fixed());
    }
    if (macsPerCycle != null || fixedCycles != null) {
      throw new InvalidArgumentException(
          "--cycles takes the place of --macs-per-cycle and --fixed-cycles; leave out one or the"
              + " other");
    }
    return new CountedCycles(CommandFiles.read(counted, "latency", "/layers"), kernel);
  }
}
