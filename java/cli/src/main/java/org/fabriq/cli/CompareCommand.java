// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.plan.QuantizedModel;
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
      "Classify images with fp32 on the CPU, and with fp32 x fp32, fp32 x int8 and int8 x int8",
      "through a device; print accuracy, agreement, bit equality and latency. Noisy times are",
      "marked with '?', and what disturbed them stands beside them."
    })
final class CompareCommand implements Callable<Integer> {
  @Mixin private WorkloadOptions workload;
  @Mixin private PlacementOptions placement;
  @Mixin private QuantizationOptions quantization;

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "LIST",
      defaultValue = "f32f32,f32i8,i8i8",
      description = "What to set beside f32. Default: ${DEFAULT-VALUE}.")
  private List<Variant> variants;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Batches to time on each side of each variant, or what fits 3 s; times of fewer than 30"
              + " are noisy. Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Mixin private QuietOption quiet;

  @Mixin private JsonFile json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (samples < 1) {
      throw new InvalidArgumentException("--samples %d is below 1".formatted(samples));
    }
    quantization.check();
    json.check();
    Screen screen = Screen.of(spec);
    QuantizedModel source = workload.model();
    VariantPlans plans =
        new VariantPlans(source, placement.layers(source.model()), quantization, workload, screen);
    plans.check(variants);
    int batch = placement.batch();
    PrintWriter out = screen.out();
    List<VariantResult> results = new ArrayList<>();
    try (Device device = Device.open(placement.device());
        Device cpu = Device.open("cpu")) {
      TestSet test = new TestSet(workload.test(screen), source.model().inputs(), batch);
      plans.fit(variants);
      ComparisonHeading heading =
          new ComparisonHeading(
              workload, plans, test, device.toString(), cpu.toString(), quantization);
      List<TraceSize> batches = TraceSize.ofBatch(plans, variants, test.batch());
      TraceOptions.announce(placement.device(), batches, out);
      heading.print(out);
      Comparison comparison = new Comparison(plans, test, device, cpu, samples, screen);
      results.add(comparison.measure(Variant.F32));
      for (Variant variant : variants) {
        if (variant != Variant.F32) {
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
