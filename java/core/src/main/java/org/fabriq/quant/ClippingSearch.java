// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.function.ToDoubleFunction;

/**
 * Looks for the range of least cost within the limits of the values. Candidates are [min * 2^(-i /
 * 128), max * 2^(-j / 128)] with i, j from 0 to 2048, so down to 2^-16 of the limits: first i = j
 * in steps of 8, then, unless only the magnitude counts, i and j in turns until nothing improves;
 * at last the same in steps of 1 around the best. The wider candidate wins ties, so the cost is
 * never above that of the limits themselves.
 */
final class ClippingSearch {
  private static final int PER_OCTAVE = 128;
  private static final int COARSE = 8;
  private static final int DEEPEST = 16 * PER_OCTAVE;
  private static final int MAX_TURNS = 8;

  private final ValueRange limits;
  private final ToDoubleFunction<ValueRange> cost;
  private int bestMin;
  private int bestMax;
  private double least;

  private ClippingSearch(ValueRange limits, ToDoubleFunction<ValueRange> cost) {
    this.limits = limits;
    this.cost = cost;
    this.least = cost.applyAsDouble(limits);
  }

  /** The best range; the limits themselves when they are [0, 0]. */
  static ValueRange leastCost(
      ValueRange limits, boolean symmetric, ToDoubleFunction<ValueRange> cost) {
    ClippingSearch search = new ClippingSearch(limits, cost);
    if (limits.magnitude() > 0) {
      search.together(0, DEEPEST, COARSE);
      search.inTurns(symmetric, DEEPEST, COARSE);
      search.together(-COARSE, COARSE, 1);
      search.inTurns(symmetric, COARSE, 1);
    }
    return search.range(search.bestMin, search.bestMax);
  }

  private void together(int from, int to, int step) {
    int min = bestMin;
    int max = bestMax;
    for (int i = from; i <= to; i += step) {
      tryOut(min + i, max + i);
    }
  }

  private void inTurns(boolean symmetric, int reach, int step) {
    boolean oneSided = limits.min() == 0 || limits.max() == 0;
    double before = Double.POSITIVE_INFINITY;
    for (int turn = 0; turn < MAX_TURNS && !symmetric && !oneSided && least < before; turn++) {
      before = least;
      int min = bestMin;
      for (int i = -reach; i <= reach; i += step) {
        tryOut(min + i, bestMax);
      }
      int max = bestMax;
      for (int j = -reach; j <= reach; j += step) {
        tryOut(bestMin, max + j);
      }
    }
  }

  private void tryOut(int min, int max) {
    if (Math.min(min, max) >= 0 && Math.max(min, max) <= DEEPEST) {
      double own = cost.applyAsDouble(range(min, max));
      if (own < least) {
        least = own;
        bestMin = min;
        bestMax = max;
      }
    }
  }

  private ValueRange range(int min, int max) {
    return new ValueRange(shrink(limits.min(), min), shrink(limits.max(), max));
  }

  private static float shrink(float end, int steps) {
    return (float) (end * StrictMath.pow(2, -steps / (double) PER_OCTAVE));
  }
}
