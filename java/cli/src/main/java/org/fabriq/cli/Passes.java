// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.toolkit.AdaRound;
import org.fabriq.toolkit.CentroidTuning;
import org.fabriq.toolkit.Gptq;
import org.fabriq.toolkit.PostTraining;

/**
 * Passes in order, and how they run.
 *
 * @param iterations of adaround
 * @param seed of adaround
 * @param damping of gptq
 */
record Passes(List<Pass> list, int iterations, long seed, double damping) {
  /**
   * @throws InvalidArgumentException if cle is not the first, or a value is out of range
   */
  Passes {
    list = List.copyOf(list);
    if (list.lastIndexOf(Pass.CLE) > 0) {
      throw new InvalidArgumentException(
          "--pass %s: cle changes the weights that others have rounded; give it first, once"
              .formatted(list.stream().map(Pass::toString).collect(Collectors.joining(","))));
    }
  }

  /** With the usual values. */
  static Passes of(List<Pass> list) {
    return new Passes(
        list, AdaRound.DEFAULT.iterations(), AdaRound.DEFAULT.seed(), Gptq.DEFAULT.damping());
  }

  /** Runs one pass. */
  void run(Pass pass, PostTraining run) {
    switch (pass) {
      case CLE -> run.equalize();
      case ADAROUND -> run.round(new AdaRound(iterations, seed));
      case GPTQ -> run.round(new Gptq(damping, true));
      case CENTROIDS -> run.round(new CentroidTuning());
      case BIAS -> run.correctBias();
      case BIAS_BATCH_NORM -> run.correctBiasFromBatchNorm();
    }
  }
}
