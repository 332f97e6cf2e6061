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
          "These passes improve on rounding to nearest, in this order: cle "
              + "(equalization, for ReLU; it comes first), adaround, gptq, centroids (for "
              + "codebooks), bias, bias-batch-norm.")
  private List<Pass> passes = List.of();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "2000",
      description =
          "The pass adaround takes N steps for each layer. The default is " + "${DEFAULT-VALUE}.")
  private int iterations;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "The samples that adaround draws depend on this number alone. The default is "
              + "${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--damping",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description =
          "The pass gptq adds this share of the mean of its diagonal to the diagonal. "
              + "The default is ${DEFAULT-VALUE}.")
  private double damping;

  /** Refuses what no pass that runs takes. */
  void check(GivenOptions given) {
    given.refuse(
        !passes.contains(Pass.ADAROUND),
        "it is for the pass adaround",
        "leave it out, or give --pass adaround",
        "--iterations",
        "--seed");
    given.refuse(
        !passes.contains(Pass.GPTQ),
        "it is for the pass gptq",
        "leave it out, or give --pass gptq",
        "--damping");
  }

  /**
   * The passes in order.
   *
   * @throws org.fabriq.InvalidArgumentException as {@link Passes}
   */
  Passes passes() {
    return new Passes(passes, iterations, seed, damping);
  }
}
