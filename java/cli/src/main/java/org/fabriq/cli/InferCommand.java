// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.data.LabelledImages;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Model;
import org.fabriq.plan.NetworkPlan;
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
      "Classify images with one variant; print the first classes and the accuracy.",
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
      converter = ArithmeticConverter.class,
      description =
          "f32, f32f32, f32i8, i8i8 or integer. Default: integer for an integer network, which runs"
              + " in nothing else; i8i8 for others.")
  private Arithmetic variant;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many images to print one by one. Default: ${DEFAULT-VALUE}.")
  private int show;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quantization.check();
    int batch = placement.batch();
    Screen screen = FabriqCommand.screen(spec);
    Model model = workload.model();
    Arithmetic arithmetic = arithmetic(model);
    Placements plans =
        new Placements(model, placement.layers(model), quantization, workload, screen);
    plans.check(List.of(arithmetic));
    try (Device device = Device.open(placement.device());
        Device cpu = Device.open(JavaCpuLibrary.ADDRESS)) {
      LabelledImages images = workload.test(screen);
      TestSet test = new TestSet(images, model.input().size(), batch);
      announceTrace(TraceSize.ofBatch(plans, List.of(arithmetic), test.batch()));
      printModel(plans.text() + ", activation " + plans.activations());
      int[] predictions;
      try (NetworkPlan plan = plans.plan(arithmetic, device, cpu, test.batch());
          Progress progress = screen.progress("images", test.count())) {
        predictions = test.predict(plan::run, progress::stepTo);
      }
      print(arithmetic.label(), images, predictions);
    }
    TraceOptions.report(placement.device(), spec.commandLine().getOut());
    return FabriqCommand.OK;
  }

  /** An integer network is run as it is; of anything else i8i8 is the default. */
  private Arithmetic arithmetic(Model model) {
    Arithmetic fallback = model instanceof IntegerNetwork ? Arithmetic.INTEGER : Arithmetic.I8I8;
    return variant == null ? fallback : variant;
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
