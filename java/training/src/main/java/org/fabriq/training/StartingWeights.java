// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.nio.file.Path;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.data.Samples;
import org.fabriq.files.ModelFiles;
import org.fabriq.model.Activation;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import picocli.CommandLine.Option;

/** Where a training that refines a network takes it from. */
final class StartingWeights {
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Training starts from this network in fp32, of any form that 'fabriq' reads. The default"
              + " is the shipped one that was trained on the data chosen.")
  private Path weights;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "All layers of --weights but the last apply this function: none, tanh, relu or sigmoid."
              + " An .npz without a .json does not say it.")
  private Activation activation;

  /**
   * The network.
   *
   * @throws InvalidArgumentException if the file holds no network in fp32
   * @throws ShapeException if it does not take such images
   */
  Network load(TrainingOptions options, Samples images) {
    Network network = read(options);
    if (network.input().size() != images.size()) {
      throw new ShapeException(
          "weights of %s for images of %s pixels; take others"
              .formatted(network, images.shapeText()));
    }
    return network;
  }

  private Network read(TrainingOptions options) {
    if (weights == null) {
      Network shipped = (options.synthetic() ? ShippedModel.DIGITS : ShippedModel.MNIST).network();
      Activation.requireSame("the shipped model", shipped.activations(), activation);
      return shipped;
    }
    if (ModelFiles.open(weights, activation) instanceof Network network) {
      return network;
    }
    throw new InvalidArgumentException(
        "--weights %s is quantized already; give the network in fp32 that it was made of"
            .formatted(weights));
  }
}
