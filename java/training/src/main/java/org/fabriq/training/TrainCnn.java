// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.concurrent.Callable;
import org.fabriq.data.Samples;
import org.fabriq.model.Network;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that trains the convolutional network and writes it as npz and JSON. */
@Command(
    name = "TrainCnn",
    description = {
      "Trains a network of two 3 x 3 convolutions with batch normalization, ReLU and",
      "pooling, and a dense layer; writes FILE and, for its layers, the .json beside."
    },
    showDefaultValues = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 done, 1 a defect, 2 wrong input."})
public final class TrainCnn implements Callable<Integer> {
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
    return TrainingCommand.line(new TrainCnn());
  }

  @Override
  public Integer call() {
    TrainingRecipe recipe = options.recipe(epochs);
    TrainingOptions.Images images = options.images();
    Samples test = images.test();
    TrainingLog log = new TrainingLog(spec.commandLine().getOut());
    log.line("%s", options.heading(images));
    new CnnTrainer(recipe, options.cache())
        .train(
            images.train(),
            (epoch, loss, network) -> log.epoch(epoch, loss, Accuracy.percent(network, test)))
        .write(options.out());
    double accuracy = Accuracy.percent(Network.read(options.out()), test);
    log.line("%s: test accuracy %.2f %%", options.out(), accuracy);
    return CommandLine.ExitCode.OK;
  }
}
