// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Network;
import org.fabriq.ptq.AdaRound;
import org.fabriq.ptq.CentroidTuning;
import org.fabriq.ptq.Gptq;
import org.fabriq.ptq.PostTraining;
import org.fabriq.ptq.WeightRounding;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.quant.WeightQuantizer;

/**
 * Passes in order, and how they run.
 *
 * @param iterations of adaround
 * @param seed of adaround
 * @param damping of gptq
 */
record Passes(List<Pass> list, int iterations, long seed, double damping) {
  private static final int HUNDREDTHS = 100;

  /**
   * @throws InvalidArgumentException if cle is not the first
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

  /**
   * Refuses what the passes cannot do, before any image is there.
   *
   * @param layers which are quantized, by name
   * @throws InvalidArgumentException if a value is out of range, or a pass does not go with the
   *     quantizer or the network
   */
  void check(WeightQuantizer quantizer, Network network, Predicate<String> layers) {
    PostTraining dry =
        new PostTraining(network, new SymmetricQuantizer(Byte.SIZE), layers, List.of());
    for (Pass pass : list) {
      switch (pass) {
        case CLE -> dry.equalize();
        case BIAS_BATCH_NORM -> dry.correctBiasFromBatchNorm();
        case ADAROUND, GPTQ, CENTROIDS -> rounding(pass).check(quantizer);
        case BIAS -> {}
      }
    }
  }

  /** Runs one pass, with a bar. */
  void run(Pass pass, PostTraining run, Screen screen) {
    try (Progress progress = screen.progress(pass.toString(), HUNDREDTHS)) {
      switch (pass) {
        case CLE -> run.equalize();
        case ADAROUND, GPTQ, CENTROIDS -> run.round(rounding(pass), progress::share);
        case BIAS -> run.correctBias(progress::share);
        case BIAS_BATCH_NORM -> run.correctBiasFromBatchNorm();
      }
    }
  }

  private WeightRounding rounding(Pass pass) {
    return switch (pass) {
      case ADAROUND -> new AdaRound(iterations, seed);
      case GPTQ -> new Gptq(damping, true);
      case CENTROIDS -> new CentroidTuning();
      case CLE, BIAS, BIAS_BATCH_NORM -> WeightRounding.NEAREST;
    };
  }
}
