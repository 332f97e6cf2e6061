// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;
import org.fabriq.measure.BreakEven;
import org.fabriq.measure.BreakEvenFiles;
import org.fabriq.measure.BreakEvenStudy;
import org.fabriq.measure.CountedCycles;
import org.fabriq.measure.KernelCycles;
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
      "Find the batch from which offloading to an FPGA pays, for a layer and for " + "the network.",
      "It compares measured CPU times with launch + transfer + kernel cycles / "
          + "clock. The defaults are those of a Zynq-7020 with the int8 kernel of 512 "
          + "multiplications per cycle; XRT takes 45 to 100 us for a launch. What rests "
          + "on noisy CPU times is marked with '?'."
    },
    footer = {
      "Study layer 2 on a Zynq-7020, with the CPU times measured before:",
      "  fabriq break-even --from latency.json",
      "Study a card on PCIe, with the cycles that a simulation counted:",
      "  fabriq break-even --from latency.json --cycles cycles.json --rate 10 " + "--clock 300"
    })
final class BreakEvenCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description =
          "CPU times come from this file, which 'fabriq latency --json FILE' wrote. "
              + "With --sizes 784x128,128x64,64x10 there, the whole network is studied too.")
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

  @Option(
      names = "--launch",
      defaultValue = "60",
      paramLabel = "US",
      description = "A launch takes this many microseconds. The default is ${DEFAULT-VALUE}.")
  private double launch;

  @Option(
      names = "--rate",
      defaultValue = "1",
      paramLabel = "GB/S",
      description =
          "Transfers have this rate; it is 0.8 to 1.2 for one port of a Zynq-7000, and "
              + "some 10 for PCIe. The default is ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--clock",
      defaultValue = "100",
      paramLabel = "MHZ",
      description = "The kernel has this clock. The default is ${DEFAULT-VALUE}.")
  private double clock;

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
    OffloadModel model = new OffloadModel(kernel, launch, rate, clock, cycles());
    BreakEvenStudy study =
        new BreakEvenStudy(model, latency, LayerSize.chain("--sizes", sizes), layer);
    PrintWriter out = spec.commandLine().getOut();
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
    out.flush();
    return ExitCode.OK;
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
