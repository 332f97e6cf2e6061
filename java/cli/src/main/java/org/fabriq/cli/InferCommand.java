// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.plan.GraphPlan;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.JavaCpuLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq infer}. */
@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    description = {
      "Run samples through a network with one variant; print the first classes or outputs, and the",
      "accuracy. Without labels: the agreement with fp32, and the SQNR of the outputs.",
      "Weights written by 'fabriq quantize' keep their encodings; others are quantized first. An",
      "integer graph runs as it is, whatever --variant and --offload."
    })
final class InferCommand implements Callable<Integer> {
  @Mixin private WorkloadOptions workload;
  @Mixin private PlacementOptions placement;
  @Mixin private QuantizationOptions quantization;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      defaultValue = "i8i8",
      description = "f32, f32f32, f32i8 or i8i8. Default: ${DEFAULT-VALUE}.")
  private Variant variant;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many samples to print one by one. Default: ${DEFAULT-VALUE}.")
  private int show;

  @Mixin private PredictionFile file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quantization.check();
    file.check();
    int batch = placement.batch();
    Screen screen = FabriqCommand.screen(spec);
    IntegerNetwork graph = workload.graph();
    VariantPlans plans = graph == null ? plans(screen) : null;
    if (graph == null) {
      plans.check(List.of(variant));
    } else {
      workload.check(graph.input().size(), graph.output().size(), null);
    }
    try (Device device = Device.open(placement.device());
        Device cpu = Device.open(JavaCpuLibrary.ADDRESS)) {
      TestSet test = new TestSet(workload.test(screen), batch);
      Predictions predictions =
          graph == null
              ? predict(plans, test, device, cpu, screen)
              : predict(graph, test, device, screen);
      Predictions fp32 =
          graph == null && !test.samples().labelled() ? fp32(plans, test, cpu, screen) : null;
      new PredictionList(spec.commandLine().getOut(), show)
          .print(
              graph == null ? variant.label() : "graph",
              placement.device(),
              test,
              predictions,
              fp32);
      file.write(test, predictions, spec.commandLine().getOut());
    }
    TraceOptions.report(placement.device(), spec.commandLine().getOut());
    return FabriqCommand.OK;
  }

  private VariantPlans plans(Screen screen) {
    QuantizedModel source = workload.model();
    return new VariantPlans(
        source, placement.layers(source.model()), quantization, workload, screen);
  }

  private Predictions predict(
      VariantPlans plans, TestSet test, Device device, Device cpu, Screen screen) {
    announceTrace(TraceSize.ofBatch(plans, List.of(variant), test.batch()));
    printModel(plans.model() + ", activation " + plans.model().activation().word());
    try (InferencePlan plan = plans.plan(variant, device, cpu, test.batch());
        Progress progress = screen.progress("images", test.count())) {
      return test.predict(plan, progress::stepTo);
    }
  }

  private Predictions predict(IntegerNetwork graph, TestSet test, Device device, Screen screen) {
    announceTrace(List.of());
    printModel("integer graph of %d layers".formatted(graph.layers().size()));
    try (GraphPlan plan = GraphPlan.on(graph, device, test.batch());
        Progress progress = screen.progress("images", test.count())) {
      return test.predict(x -> graph.dequantize(plan.run(graph.quantize(x))), progress::stepTo);
    }
  }

  private static Predictions fp32(VariantPlans plans, TestSet test, Device cpu, Screen screen) {
    try (InferencePlan plan = plans.plan(Variant.F32, cpu, cpu, test.batch());
        Progress progress = screen.progress("fp32", test.count())) {
      return test.predict(plan, progress::stepTo);
    }
  }

  private void announceTrace(List<TraceSize> batches) {
    TraceOptions.announce(placement.device(), batches, spec.commandLine().getOut());
  }

  private void printModel(String model) {
    spec.commandLine().getOut().printf("model    %s, weights %s%n", model, workload.modelName());
  }
}
