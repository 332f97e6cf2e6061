// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.data.LabelledImages;
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
      "Classify images by one variant, and print the first classes and the " + "accuracy.",
      "Weights that 'fabriq quantize' wrote keep their encodings; others are "
          + "quantized first. An integer graph runs as it is, whatever --variant and "
          + "--offload say."
    },
    footer = {
      "Classify the digits that FabriQ draws, and show twenty of them:",
      "  fabriq infer --variant i8i8 --show 20",
      "Run a quantized model on MNIST, with all its layers on the device:",
      "  fabriq infer --data mnist --weights model.npz --variant f32i8 --offload " + "all"
    })
final class InferCommand implements Callable<Integer> {
  @Mixin private WorkloadOptions workload;
  @Mixin private PlacementOptions placement;
  @Mixin private QuantizationOptions quantization;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      defaultValue = "i8i8",
      description =
          "The layers on the device compute by f32, f32f32, f32i8 or i8i8. The default "
              + "is ${DEFAULT-VALUE}.")
  private Variant variant;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "The classes of the first N images are printed one by one. The default is "
              + "${DEFAULT-VALUE}.")
  private int show;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quantization.check();
    int batch = placement.batch();
    Screen screen = Screen.of(spec);
    IntegerNetwork graph = workload.graph();
    VariantPlans plans = graph == null ? plans(screen) : null;
    int inputs = graph == null ? plans.model().inputs() : graph.input().size();
    if (graph == null) {
      plans.check(List.of(variant));
    } else {
      workload.check(inputs, null);
    }
    try (Device device = Device.open(placement.device());
        Device cpu = Device.open(JavaCpuLibrary.ADDRESS)) {
      LabelledImages images = workload.test(screen);
      TestSet test = new TestSet(images, inputs, batch);
      int[] predictions =
          graph == null
              ? predict(plans, test, device, cpu, screen)
              : predict(graph, test, device, screen);
      print(graph == null ? variant.label() : "graph", images, predictions);
    }
    TraceOptions.report(placement.device(), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private VariantPlans plans(Screen screen) {
    QuantizedModel source = workload.model();
    return new VariantPlans(
        source, placement.layers(source.model()), quantization, workload, screen);
  }

  private int[] predict(
      VariantPlans plans, TestSet test, Device device, Device cpu, Screen screen) {
    announceTrace(TraceSize.ofBatch(plans, List.of(variant), test.batch()));
    printModel(plans.model() + ", activation " + plans.model().activation().word());
    try (InferencePlan plan = plans.plan(variant, device, cpu, test.batch());
        Progress progress = screen.progress("images", test.count())) {
      return test.predict(plan, progress::stepTo);
    }
  }

  private int[] predict(IntegerNetwork graph, TestSet test, Device device, Screen screen) {
    announceTrace(List.of());
    printModel("integer graph of %d layers".formatted(graph.layers().size()));
    try (GraphPlan plan = GraphPlan.on(graph, device, test.batch());
        Progress progress = screen.progress("images", test.count())) {
      return test.predict(x -> graph.dequantize(plan.run(graph.quantize(x))), progress::stepTo);
    }
  }

  private void announceTrace(List<TraceSize> batches) {
    TraceOptions.announce(placement.device(), batches, spec.commandLine().getOut());
  }

  private void printModel(String model) {
    spec.commandLine().getOut().printf("model    %s, weights %s%n", model, workload.modelName());
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
