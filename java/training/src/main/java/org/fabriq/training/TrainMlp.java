// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.Map;
import java.util.concurrent.Callable;
import org.fabriq.data.Samples;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseNpz;
import org.fabriq.tensor.Float32Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that trains a network and writes its weights. */
@Command(
    name = "TrainMlp",
    description =
        "Trains the 784-128-64-10 network and writes fc1w, fc2w, fc3w (N x K, fp32) as npz.",
    showDefaultValues = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 done, 1 a defect, 2 wrong input."})
public final class TrainMlp implements Callable<Integer> {
  @Mixin private TrainingOptions options;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Training takes N passes over the images.")
  private int epochs = 8;

  @Spec private CommandSpec spec;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return TrainingCommand.line(new TrainMlp());
  }

  @Override
  public Integer call() {
    TrainingRecipe recipe = options.recipe(epochs);
    TrainingOptions.Images images = options.images();
    Samples test = images.test();
    TrainingLog log = new TrainingLog(spec.commandLine().getOut());
    log.line("%s", options.heading(images));
    Map<String, Float32Tensor> weights =
        new MlpTrainer(recipe, options.cache())
            .train(
                images.train(),
                (epoch, loss, current) ->
                    log.epoch(
                        epoch,
                        loss,
                        Accuracy.percent(
                            DenseNpz.network(current, "the weights", Activation.TANH), test)));
    NpzFile.write(options.out(), weights);
    double accuracy = Accuracy.percent(DenseNpz.read(options.out(), Activation.TANH), test);
    log.line("%s: test accuracy %.2f %%", options.out(), accuracy);
    return CommandLine.ExitCode.OK;
  }
}
