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
      "From which batch offloading a layer, or the whole network, to an FPGA pays: measured CPU"
          + " times",
      "against launch + transfer + kernel cycles / clock. Defaults are a Zynq-7020 with the int8",
      "kernel of 512 MACs per cycle; launch costs of XRT are 45 to 100 us. What rests on noisy CPU",
      "times is marked with '?'."
    })
final class BreakEvenCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description =
          "What 'fabriq latency --json FILE' wrote; with --sizes 784x128,128x64,64x10 there, the"
              + " whole network is studied too.")
  private Path from;

  @Option(
      names = "--kernel",
      defaultValue = "i8i8",
      description = "f32f32, f32i8 or i8i8. Default: ${DEFAULT-VALUE}.")
  private KernelType kernel;

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "784x128,128x64,64x10",
      paramLabel = "KxN",
      converter = LayerSize.Converter.class,
      description = "The network's layers: inputs x outputs. Default: ${DEFAULT-VALUE}.")
  private List<LayerSize> sizes;

  @Option(
      names = "--offload",
      paramLabel = "LAYER",
      defaultValue = "2",
      description = "The layer offloaded alone, from 1. Default: ${DEFAULT-VALUE}.")
  private int layer;

  @Option(
      names = "--launch",
      defaultValue = "60",
      paramLabel = "US",
      description = "Launch cost, microseconds. Default: ${DEFAULT-VALUE}.")
  private double launch;

  @Option(
      names = "--rate",
      defaultValue = "1",
      paramLabel = "GB/S",
      description =
          "Transfer rate; 0.8 to 1.2 for one port of a Zynq-7000, some 10 for PCIe. Default:"
              + " ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--clock",
      defaultValue = "100",
      paramLabel = "MHZ",
      description = "Clock of the kernel. Default: ${DEFAULT-VALUE}.")
  private double clock;

  @Option(
      names = "--cycles",
      paramLabel = "FILE",
      description =
          "Take cycles as a device counted them: what 'fabriq latency --device"
              + " xrt:hw_emu?model=rtl --batches 1,64 --json FILE' wrote.")
  private Path counted;

  @Option(
      names = "--macs-per-cycle",
      paramLabel = "N",
      description = "Entered instead of counted. Default: 512 for i8i8, else 64.")
  private Double macsPerCycle;

  @Option(
      names = "--fixed-cycles",
      paramLabel = "N",
      description = "Cycles of a call beyond its MACs. Default: 98 for i8i8, else 466.")
  private Long fixedCycles;

  @Mixin private QuietOption quiet;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    json.check();
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
