// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Model;
import org.fabriq.plan.Arithmetic;
import org.fabriq.runtime.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq compare}: the main job. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the kernels of a device with fp32 on the CPU by classifying images.",
      "It prints the accuracy of fp32 x fp32, fp32 x int8 and int8 x int8, their "
          + "agreement with fp32, their latency, and how many elements differ from the "
          + "reference; one that differs makes the exit code 1. Noisy times are marked "
          + "with '?', and what disturbed them stands beside them."
    },
    footer = {
      "Put all layers on the device, 256 images at a time:",
      "  fabriq compare --offload all --batch 256 --json out.json",
      "Simulate the kernels in SystemVerilog and write their waveforms:",
      "  fabriq compare --device xrt:hw_emu --trace kernels.fst --images 64 " + "--samples 1"
    })
final class CompareCommand implements Callable<Integer> {
  @Mixin private WorkloadOptions workload;
  @Mixin private PlacementOptions placement;
  @Mixin private QuantizationOptions quantization;

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "LIST",
      converter = ArithmeticConverter.class,
      description =
          "These arithmetics are set beside f32: f32f32, f32i8, i8i8 or integer. The default is"
              + " integer for an integer network, which runs in nothing else, and f32f32,f32i8,i8i8"
              + " for others.")
  private List<Arithmetic> variants;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "N batches are timed on each side of each variant, or as many as fit 3 s. "
              + "Times of fewer than 30 are noisy. The default is ${DEFAULT-VALUE}.")
  private int samples;

  @Mixin private QuietOption quiet;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  private List<Arithmetic> variants(Model source) {
    if (variants != null) {
      return variants;
    }
    return source instanceof IntegerNetwork
        ? List.of(Arithmetic.INTEGER)
        : List.of(Arithmetic.F32F32, Arithmetic.F32I8, Arithmetic.I8I8);
  }

  @Override
  public Integer call() {
    if (samples < 1) {
      throw new InvalidArgumentException("--samples %d is below 1".formatted(samples));
    }
    quantization.check();
    Screen screen = Screen.of(spec);
    Model source = workload.model();
    Set<String> layers = placement.layers(source);
    if (layers.isEmpty()) {
      throw new InvalidArgumentException(
          "%s has no layers with weights, so no kernel runs; run it with 'fabriq infer'"
              .formatted(workload.modelName()));
    }
    Placements plans =
        new Placements(source, layers, placement.launch(), quantization, workload, screen);
    List<Arithmetic> variants = variants(source);
    LaunchOption.check(GivenOptions.of(spec), variants);
    QuantizationUse.check(GivenOptions.of(spec), plans, quantization, variants);
    plans.check(variants);
    int batch = placement.batch();
    PrintWriter out = screen.out();
    List<ArithmeticResult> results = new ArrayList<>();
    try (Device device = Device.open(placement.device());
        Device cpu = Device.open("cpu")) {
      TestSet test = new TestSet(workload.test(screen), batch);
      InputRange.warn(source, workload.modelName(), test, screen);
      plans.fit(variants);
      ComparisonHeading heading =
          new ComparisonHeading(
              workload, plans, test, device.toString(), cpu.toString(), quantization);
      List<TraceSize> batches = TraceSize.ofBatch(plans, variants, device, test.batch());
      TraceOptions.announce(placement.device(), batches, out);
      heading.print(out);
      Comparison comparison = new Comparison(plans, test, device, cpu, samples, screen);
      results.add(comparison.measure(plans.baseline()));
      for (Arithmetic variant : variants) {
        if (variant != plans.baseline()) {
          results.add(comparison.measure(variant));
        }
      }
      new ComparisonTable(out, quiet).print(results);
      json.write(() -> ComparisonJson.of(heading, results), out);
    }
    TraceOptions.report(placement.device(), out);
    out.flush();
    return results.stream().allMatch(result -> result.mismatches() == 0)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }
}
