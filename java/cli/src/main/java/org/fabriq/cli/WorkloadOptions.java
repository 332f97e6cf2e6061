// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Collections;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.Samples;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.io.ModelFile;
import org.fabriq.model.Activation;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.model.Network;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.QuantizedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds the options that choose samples and weights. */
final class WorkloadOptions {
  /** Samples of a batch that is calibrated with. */
  static final int CALIBRATION_BATCH = 500;

  @Mixin private SampleOptions samples;

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

  /** The model; its layers are quantized only if the weights file says so. */
  QuantizedModel model() {
    if (weights != null) {
      return QuantizedModel.read(weights, activation);
    }
    Mlp model = (samples.given() ? EmbeddedModel.MNIST : EmbeddedModel.DIGITS).load();
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
    return weights != null ? weights.toString() : samples.given() ? "mnist" : "digits";
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
    if (!samples.given() || weights != null || activation != null) {
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
  void check(int inputs, int outputs, CalibrationOptions calibration) {
    samples.check(inputs, outputs, calibration);
  }

  /** As {@link SampleOptions#test}. */
  Samples test(Screen screen) {
    return samples.test(screen);
  }

  /** As {@link SampleOptions#training}: ranges and formats are chosen on these. */
  Samples training(CalibrationOptions calibration, Screen screen) {
    return samples.training(calibration, screen);
  }

  /** Encodings of a model's activations, fitted to training samples. */
  Calibration calibrate(Mlp model, CalibrationOptions options, Screen screen) {
    return Calibration.of(
        model, training(options, screen).batches(CALIBRATION_BATCH), options.quantizers());
  }
}
