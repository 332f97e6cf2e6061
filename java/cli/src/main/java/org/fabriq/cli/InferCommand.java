// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Model;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.Arithmetic;
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
      "Run samples through a network by one variant, and print the first results.",
      "It prints the accuracy, or without labels the agreement with fp32 and the SQNR of the"
          + " outputs. Weights that 'fabriq quantize' wrote keep their encodings; others are"
          + " quantized first. An integer network runs as it is."
    },
    footer = {
      "Classify the digits that FabriQ draws, and show twenty of them:",
      "  fabriq infer --variant i8i8 --show 20",
      "Run a quantized model on MNIST, with all its layers on the device:",
      "  fabriq infer --data mnist --weights model.npz --variant f32i8 --offload all"
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
          "The layers on the device compute by f32, f32f32, f32i8, i8i8 or integer. The default is"
              + " integer for an integer network, which runs in nothing else, f32i8 for a quantized"
              + " network without encodings of activations, and i8i8 for others.")
  private Arithmetic variant;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "The results of the first N samples are printed one by one. The default is"
              + " ${DEFAULT-VALUE}.")
  private int show;

  @Mixin private PredictionFile file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quantization.check();
    file.check();
    int batch = placement.batch();
    Screen screen = Screen.of(spec);
    Model model = workload.model();
    Arithmetic arithmetic = arithmetic(model);
    Placements plans =
        new Placements(
            model, placement.layers(model), placement.launch(), quantization, workload, screen);
    LaunchOption.check(GivenOptions.of(spec), List.of(arithmetic));
    QuantizationUse.check(GivenOptions.of(spec), plans, quantization, List.of(arithmetic));
    plans.check(List.of(arithmetic));
    try (Device device = Device.open(placement.device());
        Device cpu = Device.open(JavaCpuLibrary.ADDRESS)) {
      TestSet test = new TestSet(workload.test(screen), batch);
      InputRange.warn(model, workload.modelName(), test, screen);
      announceTrace(TraceSize.ofBatch(plans, List.of(arithmetic), device, test.batch()));
      printModel(plans.text() + ", activation " + plans.activations());
      printPlaced(plans, arithmetic);
      Predictions predictions = predict(plans, arithmetic, "images", test, device, cpu, screen);
      boolean beside = !test.samples().labelled() && plans.baseline() == Arithmetic.F32;
      Predictions fp32 =
          beside ? predict(plans, Arithmetic.F32, "fp32", test, cpu, cpu, screen) : null;
      new PredictionList(spec.commandLine().getOut(), show)
          .print(arithmetic.label(), placement.device(), test, predictions, fp32);
      file.write(test, predictions, spec.commandLine().getOut());
    }
    TraceOptions.report(placement.device(), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  /** An integer network is run as it is; of anything else i8i8 is the default, where it can be. */
  private Arithmetic arithmetic(Model model) {
    if (variant != null) {
      return variant;
    }
    if (model instanceof IntegerNetwork) {
      return Arithmetic.INTEGER;
    }
    boolean weightsAlone =
        model instanceof QuantizedNetwork quantized
            && !quantized.weights().isEmpty()
            && quantized.encodings().isEmpty();
    return weightsAlone ? Arithmetic.F32I8 : Arithmetic.I8I8;
  }

  private Predictions predict(
      Placements plans,
      Arithmetic arithmetic,
      String task,
      TestSet test,
      Device device,
      Device cpu,
      Screen screen) {
    try (NetworkPlan plan = plans.plan(arithmetic, device, cpu, test.batch())) {
      plans.launchText(arithmetic, plan, device).ifPresent(spec.commandLine().getOut()::println);
      try (Progress progress = screen.progress(task, test.count())) {
        return test.predict(plan::run, progress::stepTo);
      }
    }
  }

  private void announceTrace(List<TraceSize> batches) {
    TraceOptions.announce(placement.device(), batches, spec.commandLine().getOut());
  }

  private void printModel(String model) {
    spec.commandLine().getOut().printf("model    %s, weights %s%n", model, workload.modelName());
  }

  private void printPlaced(Placements plans, Arithmetic arithmetic) {
    spec.commandLine()
        .getOut()
        .printf(
            "placed   %s on %s, in %s%n",
            LayerNames.text(Placements.weightedLayers(plans.model()), plans.layers()),
            placement.device(),
            arithmetic.label());
  }
}
