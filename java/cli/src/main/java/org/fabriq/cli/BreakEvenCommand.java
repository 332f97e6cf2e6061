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
import org.fabriq.measure.BreakEvenStudy;
import org.fabriq.measure.OffloadModel;
import picocli.CommandLine.Command;
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
      "kernel of 512 MACs per cycle; launch costs of XRT are 45 to 100 us."
    })
final class BreakEvenCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description =
          "What 'fabriq latency --json FILE' wrote; with --layers 784x128,128x64,64x10 there, the"
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
      defaultValue = "784,128,64,10",
      paramLabel = "LIST",
      description = "Inputs, then outputs of each layer. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes;

  @Option(
      names = "--layer",
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
      names = "--macs-per-cycle",
      paramLabel = "N",
      description = "Default: 512 for i8i8, else 64.")
  private Double macsPerCycle;

  @Option(
      names = "--fixed-cycles",
      defaultValue = "74",
      paramLabel = "N",
      description = "Cycles of a call beyond its MACs. Default: ${DEFAULT-VALUE}.")
  private long fixedCycles;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write plot data as JSON.")
  private Path json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonOutput.requireFolder(json);
    if (sizes.size() < 2 || layer < 1 || layer >= sizes.size()) {
      throw new InvalidArgumentException(
          "--layer %d is outside 1..%d, the layers of --sizes".formatted(layer, sizes.size() - 1));
    }
    JsonNode latency = JsonOutput.read(from);
    double macs = macsPerCycle != null ? macsPerCycle : kernel == KernelType.I8I8 ? 512 : 64;
    OffloadModel model = new OffloadModel(kernel, launch, rate, clock, macs, fixedCycles);
    BreakEvenStudy study =
        new BreakEvenStudy(
            model, latency, sizes.stream().mapToInt(Integer::intValue).toArray(), layer);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: launch %.1f us, %.2f GB/s, %.0f MHz, %.0f MACs per cycle, %d fixed cycles%n",
        kernel.kernelName(), launch, rate, clock, macs, fixedCycles);
    if (study.noisy()) {
      out.println("The CPU times were measured on a noisy machine; measure again on a quiet one.");
    }
    study.ofLayer().stream().map(BreakEven::sentence).forEach(out::println);
    study.ofNetwork().stream().map(BreakEven::sentence).forEach(out::println);
    if (json != null) {
      JsonOutput.write(json, study.json());
      out.printf("written: %s%n", json);
    }
    out.flush();
    return FabriqCommand.OK;
  }
}
