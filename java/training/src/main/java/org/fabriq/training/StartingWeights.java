// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.nio.file.Path;
import org.fabriq.ShapeException;
import org.fabriq.data.Samples;
import org.fabriq.model.Activation;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import picocli.CommandLine.Option;

/** Where a training that refines a network takes it from. */
final class StartingWeights {
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = {
        "Trained fp32 weights as .npz with fc1w, fc2w, ... [, fc1b ...].",
        "Default: the shipped weights that were trained on the data chosen."
      })
  private Path weights;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = {
        "What all layers of --weights but the last apply: none, tanh, relu or sigmoid; the .npz",
        "does not say it. The shipped weights are of tanh."
      })
  private Activation activation;

  /**
   * The network.
   *
   * @throws ShapeException if it does not take such images, or tells fewer than 10 classes apart
   */
  Mlp load(TrainingOptions options, Samples images) {
    Mlp mlp = read(options);
    if (mlp.inputs() != images.size() || mlp.outputs() < TrainingLoop.CLASSES) {
      throw new ShapeException(
          "weights of %s for images of %s pixels in %d classes; take others"
              .formatted(mlp, images.shapeText(), TrainingLoop.CLASSES));
    }
    return mlp;
  }

  private Mlp read(TrainingOptions options) {
    if (weights != null) {
      return Mlp.fromNpz(weights, activation);
    }
    Mlp shipped = (options.synthetic() ? EmbeddedModel.DIGITS : EmbeddedModel.MNIST).load();
    Activation.agreed("the shipped model", shipped.activation(), activation);
    return shipped;
  }
}
