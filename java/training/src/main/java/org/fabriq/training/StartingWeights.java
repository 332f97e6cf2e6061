// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.nio.file.Path;
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

  Mlp load(TrainingOptions options) {
    if (weights != null) {
      return Mlp.fromNpz(weights);
    }
    return (options.synthetic() ? EmbeddedModel.DIGITS : EmbeddedModel.MNIST).load();
  }
}
