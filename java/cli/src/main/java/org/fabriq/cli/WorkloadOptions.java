// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.data.Samples;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.Activation;
import org.fabriq.model.Calibration;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import picocli.CommandLine.Mixin;

/** Holds the options that choose samples and weights. */
final class WorkloadOptions {
  /** Samples of a batch that is calibrated with. */
  static final int CALIBRATION_BATCH = 500;

  @Mixin private SampleOptions samples;

  @Mixin private ModelOption file;

  /** The model, of whatever form; that of a network in fp32 where the file has no codes. */
  Model model() {
    if (file.given()) {
      return ClassScores.of(file.open());
    }
    Network shipped = (samples.given() ? ShippedModel.MNIST : ShippedModel.DIGITS).network();
    Activation.requireSame(
        "the shipped model " + modelName(), shipped.activations(), file.activation());
    return shipped;
  }

  /**
   * The model as a network with or without codes.
   *
   * @throws InvalidArgumentException if it is integers alone
   */
  QuantizedNetwork network() {
    Model model = model();
    if (model instanceof IntegerNetwork) {
      throw new InvalidArgumentException(
          ("%s holds an integer network, which is quantized already and has no weights in fp32; run"
                  + " it with 'fabriq infer', or give the network it was made of")
              .formatted(file.file()));
    }
    return network(model);
  }

  /**
   * The network, in fp32, of which layers are quantized.
   *
   * @throws InvalidArgumentException as {@link #network()}, and if it has no layers with weights
   */
  Network quantizable() {
    Network network = network().network();
    if (network.weightedLayers().isEmpty()) {
      throw new InvalidArgumentException(
          ("%s has no layers with weights, so there is nothing to quantize; run it with 'fabriq"
                  + " infer'")
              .formatted(modelName()));
    }
    return network;
  }

  /** A model in fp32 or with codes as a network with or without codes. */
  static QuantizedNetwork network(Model model) {
    return model instanceof QuantizedNetwork quantized
        ? quantized
        : QuantizedNetwork.unquantized((Network) model);
  }

  String modelName() {
    return file.given() ? file.file().toString() : samples.given() ? "mnist" : "digits";
  }

  String dataName() {
    return samples.name();
  }

  /**
   * Refuses to go on without MNIST, or with other weights or activations than the shipped ones.
   *
   * @param option that needs them
   */
  void requireMnist(String option) {
    if (!samples.given() || file.given() || file.activation() != null) {
      throw new InvalidArgumentException(
          ("%s is about the shipped weights on MNIST; give --data DIR with MNIST and leave out"
                  + " --weights and --activation")
              .formatted(option));
    }
  }

  /** Refuses to go on without labels. */
  void requireLabels(Samples read, String option) {
    if (!read.labelled()) {
      throw new InvalidArgumentException(
          "%s is about accuracy, and %s has no labels; give MNIST with its labels"
              .formatted(option, samples.name()));
    }
  }

  /** As {@link SampleOptions#check}. */
  void check(SampleShape input, int outputs, CalibrationOptions calibration) {
    samples.check(input, outputs, calibration);
  }

  /** As {@link SampleOptions#test}. */
  Samples test(Screen screen) {
    return samples.test(screen);
  }

  /** As {@link SampleOptions#training}: ranges and formats are chosen on these. */
  Samples training(CalibrationOptions calibration, Screen screen) {
    return samples.training(calibration, screen);
  }

  /** Encodings of a network's tensors, fitted to training samples. */
  Calibration calibrate(Network network, CalibrationOptions options, Screen screen) {
    return Calibration.of(
        network, training(options, screen).batches(CALIBRATION_BATCH), options.quantizers());
  }
}
