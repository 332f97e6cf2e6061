// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.fabriq.data.LabelledImages;
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
      "Weights written by 'fabriq quantize' keep their encodings; others are quantized first."
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
    QuantizedModel source = workload.model();
    VariantPlans plans =
        new VariantPlans(source, placement.layers(source.model()), quantization, workload);
    LabelledImages images = workload.test();
    TestSet test = new TestSet(images, source.model(), placement.batch());
    int[] predictions;
    try (Device cpu = Device.open("cpu");
        Device device = Device.open(placement.device());
        InferencePlan plan = plans.plan(variant, device, cpu, test.batch());
        Progress progress = new Progress("images", test.count())) {
      predictions = test.predict(plan, progress::stepTo);
    }
    print(images, predictions, test.correct(predictions));
    return FabriqCommand.OK;
  }

  private void print(LabelledImages images, int[] predictions, int correct) {
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < Math.min(show, predictions.length); i++) {
      out.printf(
          "image %5d  class %d  label %d%s%n",
          i, predictions[i], images.label(i), predictions[i] == images.label(i) ? "" : "  wrong");
    }
    out.printf(
        "%s on %s: %,d of %,d right, accuracy %.2f%%%n",
        variant.label(),
        placement.device(),
        correct,
        predictions.length,
        100.0 * correct / predictions.length);
    out.flush();
  }
}
