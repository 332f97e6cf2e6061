// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fabriq.data.Samples;
import org.fabriq.io.ModelFile;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
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
      "Trains a network on with quantized weights and activations (straight-through,",
      "learned scales); writes what 'fabriq infer' and 'compare' run with --weights."
    },
    showDefaultValues = true,
    footer = {"", "Exit codes: 0 done, 1 a defect, 2 wrong input."})
public final class TrainQuantized implements Callable<Integer> {
  private static final String NONE = "none";

  @Mixin private TrainingOptions options;
  @Mixin private StartingWeights weights;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "The encoding that weights start in, of 2 to 8 bits: symmetric:BITS, affine:BITS,"
              + " per-channel:BITS, with a range as in symmetric:2,mse.")
  private String scheme = "symmetric:2,mse";

  @Option(
      names = "--activations",
      paramLabel = "SCHEME|none",
      description = "The same for inputs and outputs of layers, per tensor; none: they stay fp32.")
  private String activations = "symmetric:8";

  @Option(names = "--epochs", description = "Passes over the training images.")
  private int epochs = 4;

  @Option(
      names = "--packed",
      paramLabel = "FILE",
      description =
          "Also write packed codes to this npz, and encodings, as AIMET has them, to the .json"
              + " beside it.")
  private Path packed;

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
    Quantizer quantizer = QuantizerSpec.parse(scheme);
    Quantizer encoder = activations.equals(NONE) ? null : QuantizerSpec.parse(activations);
    TrainingOptions.requirePacked(packed);
    TrainingOptions.Images images = options.images();
    Samples test = images.test();
    Mlp start = weights.load(options, images.train());
    TrainingLog log = new TrainingLog(spec.commandLine().getOut());
    log.line("%s", options.heading(images));
    log.line(
        "weights %s, activations %s: fp32 test accuracy %.2f %%",
        scheme, activations, Accuracy.percent(start, test));
    EncodedMlp trained =
        new QuantizedTrainer(recipe, options.cache())
            .train(
                start,
                quantizer,
                encoder,
                images.train(),
                (epoch, loss, mlp) -> log.epoch(epoch, loss, Accuracy.percent(mlp, test)));
    QuantizedNetwork.of(trained).write(options.out());
    if (packed != null) {
      trained.write(packed);
    }
    QuantizedNetwork written = QuantizedNetwork.of(ModelFile.read(options.out()));
    log.line(
        "%s: test accuracy %.2f %% with fp32, %.2f %% with int8 activations",
        options.out(),
        Accuracy.percent(written.network(), test),
        IntegerAccuracy.percent(written, test));
    return CommandLine.ExitCode.OK;
  }
}
