// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.LabelledImages;
import org.fabriq.data.MnistFolder;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.files.ModelFiles;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Activation;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Calibration;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import picocli.CommandLine.Option;

/** Options that choose images and weights. */
final class WorkloadOptions {
  /** Images of a batch that is calibrated with. */
  static final int CALIBRATION_BATCH = 500;

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
        "Weights as .npz with fc1w, fc2w, fc3w [, fc1b ...], or what 'fabriq quantize' wrote, or",
        "a network of layers (.npz and .json, for quantize).",
        "Default: shipped weights that were trained on the data chosen."
      })
  private Path weights;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      converter = ActivationConverter.class,
      description = {
        "What all layers of the weights but the last apply: none, tanh, relu or sigmoid. A .npz"
            + " with",
        "fc1w, ... does not say it and needs this option; the lab's weights use tanh.",
        "Default: what the file says; the shipped weights say tanh."
      })
  private Activation activation;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Number of test images, from the first on. Default: all, at most 10,000.")
  private Integer images;

  /** The model, of whatever form; that of a network in fp32 where the file has no codes. */
  Model model() {
    if (weights != null) {
      return ModelFiles.open(weights, activation);
    }
    Mlp model = (data == null ? EmbeddedModel.DIGITS : EmbeddedModel.MNIST).load();
    Activation.agreed("the shipped model " + modelName(), model.activation(), activation);
    return model.network();
  }

  /**
   * The model as a network with or without codes, normalization folded.
   *
   * @throws InvalidArgumentException if it is integers alone
   */
  QuantizedNetwork network() {
    Model model = model();
    if (model instanceof IntegerNetwork) {
      throw new InvalidArgumentException(
          ("%s holds an integer network, which is quantized already and has no weights in fp32; run"
                  + " it with 'fabriq infer', or give the network it was made of")
              .formatted(weights));
    }
    return network(model);
  }

  /** A model in fp32 or with codes as a network with or without codes, normalization folded. */
  static QuantizedNetwork network(Model model) {
    return model instanceof QuantizedNetwork quantized
        ? quantized
        : QuantizedNetwork.unquantized(BatchNormFolding.fold((Network) model));
  }

  String modelName() {
    return weights != null ? weights.toString() : data == null ? "digits" : "mnist";
  }

  String dataName() {
    return data == null ? "synthetic digits" : data.toString();
  }

  /**
   * Refuses to go on without MNIST, or with other weights or activations than the shipped ones.
   *
   * @param option that needs them
   */
  void requireMnist(String option) {
    if (data == null || weights != null || activation != null) {
      throw new InvalidArgumentException(
          ("%s is about the shipped weights on MNIST; give --data DIR with MNIST and leave out"
                  + " --weights and --activation")
              .formatted(option));
    }
  }

  /**
   * Refuses what is wrong with the images, before any is drawn or read.
   *
   * @param inputs that the model takes
   * @param calibration how many training images are needed, or null for none
   */
  void check(int inputs, CalibrationOptions calibration) {
    int training = calibration == null ? 1 : calibration.images();
    if (data != null) {
      MnistFolder.check(data, Split.TEST);
      if (calibration != null) {
        MnistFolder.check(data, Split.TRAIN);
      }
    } else if (Math.max(testImages(), training) > SyntheticDigits.MAX_COUNT) {
      throw new InvalidArgumentException(
          "%s %d is over the %d digits that FabriQ draws; choose fewer"
              .formatted(
                  testImages() > SyntheticDigits.MAX_COUNT ? "--images" : "--calibrate",
                  Math.max(testImages(), training),
                  SyntheticDigits.MAX_COUNT));
    } else {
      TestSet.requirePixels(SyntheticDigits.SIDE, SyntheticDigits.SIDE, inputs);
    }
    testImages();
  }

  private int testImages() {
    if (images != null && images < 1) {
      throw new InvalidArgumentException(
          "--images %d is below 1; leave it out for all".formatted(images));
    }
    return images == null ? DEFAULT_IMAGES : images;
  }

  private static LabelledImages draw(long seed, int count, Screen screen) {
    try (Progress progress = screen.progress("digits", count)) {
      return SyntheticDigits.generate(seed, count, progress::stepTo);
    }
  }

  /** The images to measure on; drawn with a bar. */
  LabelledImages test(Screen screen) {
    int count = testImages();
    if (data == null) {
      return draw(SyntheticDigits.TEST_SEED, count, screen);
    }
    LabelledImages read = MnistFolder.read(data, Split.TEST, count);
    if (images != null && images > read.count()) {
      throw new InvalidArgumentException(
          "--images %d is over the %d images in %s; leave it out for all"
              .formatted(images, read.count(), data));
    }
    return read;
  }

  /** Encodings of a network's tensors, fitted to training images. */
  Calibration calibrate(Network network, CalibrationOptions options, Screen screen) {
    return Calibration.of(
        network,
        training(options.images(), screen).batches(CALIBRATION_BATCH),
        options.quantizers());
  }

  /**
   * The first images of the training split, drawn with a bar: ranges and formats are chosen on
   * these, never on test.
   */
  LabelledImages training(int count, Screen screen) {
    if (data == null) {
      return draw(SyntheticDigits.TRAIN_SEED, count, screen);
    }
    LabelledImages read = MnistFolder.read(data, Split.TRAIN, count);
    if (count > read.count()) {
      throw new InvalidArgumentException(
          "--calibrate %d is over the %d training images in %s"
              .formatted(count, read.count(), data));
    }
    return read;
  }
}
