// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.Samples;
import org.fabriq.io.NpzFile;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that trains a network on with k-means codebooks. */
@Command(
    name = "TrainCodebooks",
    description = {
      "Trains a network on with each layer's weights in a k-means codebook (straight-",
      "through, fine-tuned centroids); writes what codes stand for: fc1w, ... (fp32)."
    },
    showDefaultValues = true,
    footer = {"", "Exit codes: 0 done, 1 a defect, 2 wrong input."})
public final class TrainCodebooks implements Callable<Integer> {
  @Mixin private TrainingOptions options;
  @Mixin private StartingWeights weights;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description = "The codebook that weights start in: codebook:BITS, 1 to 8 bits.")
  private String scheme = "codebook:2";

  @Option(names = "--epochs", description = "Passes over the training images.")
  private int epochs = 4;

  @Option(
      names = "--packed",
      paramLabel = "FILE",
      description = "Also write packed codes to this npz, and codebooks to the .json beside it.")
  private Path packed;

  @Spec private CommandSpec spec;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return TrainingCommand.line(new TrainCodebooks());
  }

  @Override
  public Integer call() {
    TrainingRecipe recipe = options.recipe(epochs);
    CodebookQuantizer quantizer = quantizer();
    TrainingOptions.requirePacked(packed);
    TrainingOptions.Images images = options.images();
    Samples test = images.test();
    Mlp start = weights.load(options, images.train());
    TrainingLog log = new TrainingLog(spec.commandLine().getOut());
    log.line("%s", options.heading(images));
    log.line("weights %s: fp32 test accuracy %.2f %%", scheme, Accuracy.percent(start, test));
    EncodedMlp trained =
        new CodebookTrainer(recipe, options.cache())
            .train(
                start,
                quantizer,
                images.train(),
                (epoch, loss, mlp) -> log.epoch(epoch, loss, Accuracy.percent(mlp, test)));
    NpzFile.write(options.out(), decoded(trained.mlp()));
    if (packed != null) {
      trained.write(packed);
    }
    double accuracy = Accuracy.percent(Mlp.fromNpz(options.out(), start.activation()), test);
    log.line("%s: test accuracy %.2f %%", options.out(), accuracy);
    return CommandLine.ExitCode.OK;
  }

  private static Map<String, Tensor> decoded(Mlp mlp) {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    for (DenseLayer layer : mlp.layers()) {
      entries.put(layer.name() + "w", layer.weight());
      if (layer.bias() != null) {
        entries.put(layer.name() + "b", Float32Tensor.of(layer.bias(), layer.outputs()));
      }
    }
    return entries;
  }

  private CodebookQuantizer quantizer() {
    if (QuantizerSpec.parseWeights(scheme) instanceof CodebookQuantizer quantizer) {
      return quantizer;
    }
    throw new InvalidArgumentException(
        "--scheme %s is no codebook; use codebook:BITS, or TrainQuantized".formatted(scheme));
  }
}
