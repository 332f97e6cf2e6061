// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.accumulator.Accumulator;
import org.fabriq.accumulator.SumCount;
import org.fabriq.accumulator.SumRange;

/**
 * What summing in an accumulator of few bits does to a network; {@code docs/numerics.md} defines
 * the counts.
 *
 * @param exact with exact sums
 * @param all with all layers in the accumulator
 * @param layers those with int8 weights
 */
record AccumulatorReport(Accumulator accumulator, Score exact, Outcome all, List<Layer> layers) {
  /**
   * How the network then classified.
   *
   * @param changed images of another class than with exact sums
   */
  record Outcome(Score score, int changed) {}

  /**
   * A layer.
   *
   * @param k products in a sum
   * @param n sums for each row of inputs
   * @param count over the test images, with exact sums before it
   * @param possible the partial sums of any inputs
   * @param alone with this layer alone in the accumulator
   */
  record Layer(String name, int k, int n, SumCount count, SumRange possible, Outcome alone) {}

  /** Percentage points of accuracy that an outcome costs; negative where it gains. */
  double points(Outcome outcome) {
    return 100 * (exact.accuracy() - outcome.score().accuracy());
  }
}
