// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.DataFiles;
import org.fabriq.data.Samples;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import picocli.CommandLine.Option;

/** What all trainings can be told: images, seed, batch, and where the result goes. */
final class TrainingOptions {
  private static final String SYNTHETIC = "synthetic";

  @Option(
      names = "--data",
      paramLabel = "DIR|synthetic",
      description = "The samples, with classes, are these, or digits that are generated.")
  private String data = SYNTHETIC;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The result is written to this .npz, and to the .json beside it.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Initial weights, dropout and the order of the images follow from this number.")
  private int seed = 1;

  @Option(names = "--batch", paramLabel = "N", description = "Each step takes N images.")
  private int batch = 50;

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description = "The first N training images are taken.")
  private int trainImages = 60_000;

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "Accuracy is measured on the first N test images.")
  private int testImages = 10_000;

  @Option(
      names = "--held-out",
      paramLabel = "N",
      description =
          "Accuracy is measured on the last N training images instead, which are not trained on."
              + " Choose options by these.")
  private int heldOut;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "PyTorch's library, 400 MB, is unpacked to this folder and kept for the next run.")
  private Path cache = Path.of("target", "djl");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This text is shown.")
  private boolean help;

  /** The images of a training and of its measurements. */
  record Images(String name, Samples train, Samples test) {}

  boolean synthetic() {
    return data.equals(SYNTHETIC);
  }

  Path out() {
    return out;
  }

  Path cache() {
    return cache;
  }

  TrainingRecipe recipe(int epochs) {
    return new TrainingRecipe(seed, epochs, batch);
  }

  /**
   * Reads or makes the images, after checking the options.
   *
   * @throws InvalidArgumentException if an option is out of its range
   */
  Images images() {
    requireFolder("--out", out);
    requirePositive("--train-images", trainImages);
    requirePositive("--test-images", testImages);
    Samples train = images(Split.TRAIN, SyntheticDigits.TRAIN_SEED, trainImages);
    if (heldOut == 0) {
      return new Images(data, train, images(Split.TEST, SyntheticDigits.TEST_SEED, testImages));
    }
    if (heldOut < 0 || heldOut >= train.count()) {
      throw new InvalidArgumentException(
          "--held-out %d is outside 0..%d, the training images but one; choose another"
              .formatted(heldOut, train.count() - 1));
    }
    int kept = train.count() - heldOut;
    return new Images(data, train.head(kept), train.range(kept, train.count()));
  }

  /** The line a training starts with. */
  String heading(Images images) {
    return "%s: %,d training images, %,d %s images, seed %d"
        .formatted(
            images.name(),
            images.train().count(),
            images.test().count(),
            heldOut > 0 ? "held-out" : "test",
            seed);
  }

  private static void requireFolder(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new InvalidArgumentException(
          option + ": folder " + folder + " does not exist; make it or choose another");
    }
  }

  private static void requirePositive(String option, int count) {
    if (count < 1) {
      throw new InvalidArgumentException(
          option + " " + count + " is outside 1.." + Integer.MAX_VALUE + "; choose another");
    }
  }

  private Samples images(Split split, long syntheticSeed, int count) {
    if (synthetic()) {
      return SyntheticDigits.generate(syntheticSeed, count);
    }
    return DataFiles.open(Path.of(data)).read(split).head(count);
  }
}
