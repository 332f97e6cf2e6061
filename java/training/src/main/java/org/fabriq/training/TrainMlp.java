// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.LabelledImages;
import org.fabriq.data.MnistFolder;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.io.NpzFile;
import org.fabriq.model.Mlp;
import org.fabriq.tensor.Float32Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that trains a network and writes its weights. */
@Command(
    name = "fabriq-training",
    description =
        "Trains the 784-128-64-10 network and writes fc1w, fc2w, fc3w (N x K, fp32) as npz.",
    showDefaultValues = true,
    footer = {"", "Exit codes: 0 done, 1 a defect, 2 wrong input."})
public final class TrainMlp implements Callable<Integer> {
  private static final String SYNTHETIC = "synthetic";

  @Option(
      names = "--data",
      paramLabel = "DIR|synthetic",
      description = "Folder with MNIST's four IDX files, or the generated digits.")
  private String data = SYNTHETIC;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where to write the weights (npz).")
  private Path out;

  @Option(names = "--seed", description = "Of initial weights, dropout and order.")
  private int seed = 1;

  @Option(names = "--epochs", description = "Passes over the training images.")
  private int epochs = 8;

  @Option(names = "--batch", description = "Images per step.")
  private int batch = 50;

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description = "Use the first N training images.")
  private int trainImages = 60_000;

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "Measure on the first N test images.")
  private int testImages = 10_000;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder for PyTorch's unpacked library, 400 MB; kept for the next run.")
  private Path cache = Path.of("target", "djl");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and exit.")
  private boolean help;

  @Spec private CommandSpec spec;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new TrainMlp())
        .setExecutionExceptionHandler(
            (exception, line, result) -> {
              if (!(exception instanceof FabriqException)) {
                throw exception;
              }
              return wrongInput(line, exception);
            })
        .setParameterExceptionHandler(
            (exception, arguments) -> wrongInput(exception.getCommandLine(), exception));
  }

  private static int wrongInput(CommandLine line, Exception exception) {
    line.getErr().println("fabriq-training: " + exception.getMessage());
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public Integer call() {
    requireFolder(out.toAbsolutePath().getParent());
    TrainingRecipe recipe = new TrainingRecipe(seed, epochs, batch);
    requirePositive("--train-images", trainImages);
    requirePositive("--test-images", testImages);
    LabelledImages train = images(Split.TRAIN, SyntheticDigits.TRAIN_SEED, trainImages);
    LabelledImages test = images(Split.TEST, SyntheticDigits.TEST_SEED, testImages);
    PrintWriter log = spec.commandLine().getOut();
    log.printf(
        Locale.ROOT,
        "%s: %,d training images, %,d test images, seed %d%n",
        data,
        train.count(),
        test.count(),
        seed);
    log.flush();
    Map<String, Float32Tensor> weights =
        new MlpTrainer(recipe, cache)
            .train(
                train,
                (epoch, loss, current) -> {
                  double accuracy = Accuracy.percent(Mlp.of(current), test);
                  log.printf(
                      Locale.ROOT,
                      "epoch %d: loss %.4f, test accuracy %.2f %%%n",
                      epoch,
                      loss,
                      accuracy);
                  log.flush();
                });
    NpzFile.write(out, weights);
    log.printf(
        Locale.ROOT, "%s: test accuracy %.2f %%%n", out, Accuracy.percent(Mlp.fromNpz(out), test));
    log.flush();
    return CommandLine.ExitCode.OK;
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidArgumentException(
          "--out: folder " + folder + " does not exist; make it or choose another");
    }
  }

  private static void requirePositive(String option, int count) {
    if (count < 1) {
      throw new InvalidArgumentException(
          option + " " + count + " is outside 1.." + Integer.MAX_VALUE + "; choose another");
    }
  }

  private LabelledImages images(Split split, long syntheticSeed, int count) {
    if (data.equals(SYNTHETIC)) {
      return SyntheticDigits.generate(syntheticSeed, count);
    }
    return MnistFolder.read(Path.of(data), split).head(count);
  }
}
