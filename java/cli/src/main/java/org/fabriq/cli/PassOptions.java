// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Options that choose what follows rounding to nearest. */
final class PassOptions {
  @Option(
      names = "--pass",
      split = ",",
      paramLabel = "LIST",
      description =
          "What improves on rounding to nearest, in this order: cle (equalization, for ReLU; the"
              + " first), adaround, gptq, centroids (for codebooks), bias, bias-batch-norm.")
  private List<Pass> passes = List.of();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Steps of adaround for each layer. Default: ${DEFAULT-VALUE}.")
  private int iterations;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the samples that adaround draws. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--damping",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Of gptq, of the mean of its diagonal. Default: ${DEFAULT-VALUE}.")
  private double damping;

  /**
   * The passes in order.
   *
   * @throws org.fabriq.InvalidArgumentException as {@link Passes}
   */
  Passes passes() {
    return new Passes(passes, iterations, seed, damping);
  }
}
