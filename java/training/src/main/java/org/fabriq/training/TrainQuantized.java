// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.concurrent.Callable;
import org.fabriq.data.Samples;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.Arithmetic;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.quant.WeightQuantizer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that trains a network on with quantized weights and activations. */
@Command(
    name = "TrainQuantized",
    description = {
      "Train a network of any layers on with quantized weights and activations.",
      "Gradients go straight through; scales are learned, or the centroids of codebooks. The result"
          + " is what 'fabriq infer' and 'fabriq compare' run."
    },
    showDefaultValues = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 done, 1 a defect, 2 wrong input."})
public final class TrainQuantized implements Callable<Integer> {
  @Mixin private TrainingOptions options;
  @Mixin private StartingWeights weights;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "Weights start in these codes: symmetric:BITS, affine:BITS or per-channel:BITS, of 2 to 8"
              + " bits and with a range as in symmetric:2,mse, or codebook:BITS, of 1 to 8.")
  private String scheme = "symmetric:2,mse";

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description =
          "The network is to run so: i8i8, with codes around each layer with weights; integer, with"
              + " codes of all tensors; f32i8, with activations in fp32; f32f32, for codebooks. The"
              + " default is f32f32 for codebooks and i8i8 for others.")
  private String form;

  @Option(
      names = "--activations",
      paramLabel = "SCHEME",
      description = "Activations start in this encoding, one for each tensor.")
  private String activations = "symmetric:8";

  @Option(
      names = "--learn-zero-points",
      description = "The zero points of activations are learned too, not their scales alone.")
  private boolean zeroPoints;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Training takes N passes over the images.")
  private int epochs = 4;

  @Spec private CommandSpec spec;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return TrainingCommand.line(new TrainQuantized());
  }

  @Override
  public Integer call() {
    TrainingRecipe recipe = options.recipe(epochs);
    TrainedQuantization quantization = quantization();
    TrainingOptions.Images images = options.images();
    Samples test = images.test();
    Network start = weights.load(options, images.train());
    TrainingLog log = new TrainingLog(spec.commandLine().getOut());
    log.line("%s", options.heading(images));
    log.line("%s: fp32 test accuracy %.2f %%", quantization, Accuracy.percent(start, test));
    QuantizedNetwork trained =
        new QuantizedTrainer(recipe, options.cache())
            .train(
                start,
                quantization,
                images.train(),
                (epoch, loss, network) -> log.epoch(epoch, loss, Accuracy.percent(network, test)));
    if (quantization.form() == Arithmetic.INTEGER) {
      FormAccuracy.integers(trained).write(options.out());
    } else {
      trained.write(options.out());
    }
    log.line(
        "%s: test accuracy %.2f %% with codes of weights alone, %.2f %% as %s",
        options.out(),
        Accuracy.percent(trained.network(), test),
        FormAccuracy.percent(trained, quantization.form(), test),
        quantization.form().label());
    return CommandLine.ExitCode.OK;
  }

  private TrainedQuantization quantization() {
    WeightQuantizer quantizer = QuantizerSpec.parseWeights(scheme);
    Arithmetic usual = quantizer instanceof CodebookQuantizer ? Arithmetic.F32F32 : Arithmetic.I8I8;
    return new TrainedQuantization(
        form == null ? usual : Arithmetic.of(form),
        quantizer,
        QuantizerSpec.parse(activations),
        zeroPoints);
  }
}
