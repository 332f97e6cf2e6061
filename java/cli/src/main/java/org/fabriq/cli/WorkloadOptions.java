// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Collections;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.LabelledImages;
import org.fabriq.data.MnistFolder;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.quant.SymmetricQuantizer;
import picocli.CommandLine.Option;

/** Options that choose images and weights. */
final class WorkloadOptions {
  /** Images of the training split that ranges and fl are chosen on. */
  static final int CALIBRATION_IMAGES = 5000;

  private static final int DEFAULT_IMAGES = 10_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder of MNIST in IDX form (plain or .gz).",
        "Default: digits that FabriQ draws itself."
      })
  private Path data;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = {
        "Weights as .npz with fc1w, fc2w, fc3w [, fc1b ...].",
        "Default: shipped weights that were trained on the data chosen."
      })
  private Path weights;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Number of test images, from the first on. Default: all, at most 10,000.")
  private Integer images;

  /** The model; its layers are quantized only if the weights file says so. */
  QuantizedModel model() {
    if (weights != null) {
      return QuantizedModel.read(weights);
    }
    Mlp model = (data == null ? EmbeddedModel.DIGITS : EmbeddedModel.MNIST).load();
    return QuantizedModel.of(model, Collections.nCopies(model.layers().size(), null));
  }

  String modelName() {
    return weights != null ? weights.toString() : data == null ? "digits" : "mnist";
  }

  String dataName() {
    return data == null ? "synthetic digits" : data.toString();
  }

  LabelledImages test() {
    if (images != null && images < 1) {
      throw new InvalidArgumentException(
          "--images %d is below 1; leave it out for all".formatted(images));
    }
    if (data == null) {
      return SyntheticDigits.generate(
          SyntheticDigits.TEST_SEED, images == null ? DEFAULT_IMAGES : images);
    }
    LabelledImages all = MnistFolder.read(data, Split.TEST);
    int wanted = images == null ? Math.min(DEFAULT_IMAGES, all.count()) : images;
    if (wanted > all.count()) {
      throw new InvalidArgumentException(
          "--images %d is over the %d images in %s; leave it out for all"
              .formatted(wanted, all.count(), data));
    }
    return all.head(wanted);
  }

  /** Signed 8-bit symmetric encodings of a model's activations, fitted to the training images. */
  Calibration calibrate(Mlp model) {
    LabelledImages training = calibration();
    return Calibration.of(model, training.inputs(0, training.count()), new SymmetricQuantizer(8));
  }

  /**
   * The first images of the training split: ranges and formats are chosen on these, never on test.
   */
  LabelledImages calibration() {
    if (data == null) {
      return SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, CALIBRATION_IMAGES);
    }
    LabelledImages all = MnistFolder.read(data, Split.TRAIN);
    return all.head(Math.min(CALIBRATION_IMAGES, all.count()));
  }
}
