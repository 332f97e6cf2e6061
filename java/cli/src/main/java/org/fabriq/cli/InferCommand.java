// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.fabriq.data.LabelledImages;
import org.fabriq.graph.QuantizedGraph;
import org.fabriq.plan.GraphPlan;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.runtime.Device;
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
      "Classify images with one variant; print the first classes and the accuracy.",
      "Weights written by 'fabriq quantize' keep their encodings; others are quantized first. An",
      "integer graph runs as it is, whatever --variant and --place."
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
      description = "How many images to print one by one. Default: ${DEFAULT-VALUE}.")
  private int show;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LabelledImages images = workload.test();
    QuantizedGraph graph = workload.graph();
    try (Device cpu = Device.open("cpu");
        Device device = Device.open(placement.device());
        Progress progress = FabriqCommand.screen(spec).progress("images", images.count())) {
      int[] predictions =
          graph == null
              ? predict(images, device, cpu, progress)
              : predict(graph, images, device, progress);
      print(graph == null ? variant.label() : "graph", images, predictions);
    }
    return FabriqCommand.OK;
  }

  private int[] predict(LabelledImages images, Device device, Device cpu, Progress progress) {
    QuantizedModel source = workload.model();
    VariantPlans plans =
        new VariantPlans(source, placement.layers(source.model()), quantization, workload);
    TestSet test = new TestSet(images, source.model().inputs(), placement.batch());
    try (InferencePlan plan = plans.plan(variant, device, cpu, test.batch())) {
      return test.predict(plan, progress::stepTo);
    }
  }

  private int[] predict(
      QuantizedGraph graph, LabelledImages images, Device device, Progress progress) {
    TestSet test = new TestSet(images, graph.input().size(), placement.batch());
    try (GraphPlan plan = GraphPlan.on(graph, device, test.batch())) {
      return test.predict(x -> graph.dequantize(plan.run(graph.quantize(x))), progress::stepTo);
    }
  }

  private void print(String form, LabelledImages images, int[] predictions) {
    int correct = 0;
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < predictions.length; i++) {
      correct += predictions[i] == images.label(i) ? 1 : 0;
    }
    for (int i = 0; i < Math.min(show, predictions.length); i++) {
      out.printf(
          "image %5d  class %d  label %d%s%n",
          i, predictions[i], images.label(i), predictions[i] == images.label(i) ? "" : "  wrong");
    }
    out.printf(
        "%s on %s: %,d of %,d right, accuracy %.2f%%%n",
        form,
        placement.device(),
        correct,
        predictions.length,
        100.0 * correct / predictions.length);
    out.flush();
  }
}
