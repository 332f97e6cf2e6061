// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Collections;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.LabelledImages;
import org.fabriq.data.MnistFolder;
import org.fabriq.data.Split;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.io.ModelFile;
import org.fabriq.model.Activation;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.model.Network;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.QuantizedModel;
import picocli.CommandLine.Option;

/** Options that choose images and weights. */
final class WorkloadOptions {
  /** Images of a batch that is calibrated with. */
  static final int CALIBRATION_BATCH = 500;

  private static final int DEFAULT_IMAGES = 10_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The images come from this folder, which holds MNIST in IDX form, plain or "
              + "as .gz. The default is digits that FabriQ draws itself.")
  private Path data;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The model comes from this file: an .npz with fc1w, fc2w, fc3w [, fc1b ...], "
              + "or what 'fabriq quantize' wrote, or, for 'fabriq quantize', a network of "
              + "layers (.npz and .json). The default is shipped weights that were trained "
              + "on the chosen data.")
  private Path weights;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      converter = ActivationConverter.class,
      description =
          "All layers but the last apply this function: none, tanh, relu or sigmoid. "
              + "An .npz with fc1w, ... does not say it and needs this option; the lab's "
              + "weights use tanh. The default is what the file says.")
  private Activation activation;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "The first N test images are taken. The default is all of them, at most " + "10,000.")
  private Integer images;

  /** The model; its layers are quantized only if the weights file says so. */
  QuantizedModel model() {
    if (weights != null) {
      return QuantizedModel.read(weights, activation);
    }
    Mlp model = (data == null ? EmbeddedModel.DIGITS : EmbeddedModel.MNIST).load();
    Activation.agreed("the shipped model " + modelName(), model.activation(), activation);
    return QuantizedModel.of(model, Collections.nCopies(model.layers().size(), null));
  }

  /** The network of single layers that the weights are, or null if they are another model. */
  Network network() {
    ModelFile file = modelFile();
    if (file == null) {
      return null;
    }
    if (!file.kind().equals("network")) {
      throw new InvalidArgumentException(
          "%s holds %s, which is quantized already; give a network in fp32"
              .formatted(weights, file.kind()));
    }
    Network network = Network.of(file);
    Activation.requireSame(modelName(), network.activations(), activation);
    return network;
  }

  /** The integer graph that the weights are, or null if they are another model. */
  IntegerNetwork graph() {
    ModelFile file = modelFile();
    if (file != null && activation != null) {
      throw new InvalidArgumentException(
          "--activation %s: %s holds its activation functions in its codes; leave --activation out"
              .formatted(activation.word(), weights));
    }
    return file == null ? null : IntegerNetwork.of(file);
  }

  private ModelFile modelFile() {
    if (weights == null || !ModelFile.exists(weights)) {
      return null;
    }
    ModelFile file = ModelFile.read(weights);
    return file.hasKind() ? file : null;
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

  /** Encodings of a model's activations, fitted to training images. */
  Calibration calibrate(Mlp model, CalibrationOptions options, Screen screen) {
    return Calibration.of(
        model, training(options.images(), screen).batches(CALIBRATION_BATCH), options.quantizers());
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
