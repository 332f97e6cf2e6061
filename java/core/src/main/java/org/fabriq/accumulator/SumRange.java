// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

import org.fabriq.kernel.WeightsI8I8;

/**
 * The least and the greatest of exact partial sums; 0, where each sum begins, is one of them.
 *
 * @param least 0 or below
 * @param greatest 0 or above
 */
public record SumRange(long least, long greatest) {
  /** Of no sums. */
  public static final SumRange NONE = new SumRange(0, 0);

  /**
   * The partial sums that any A can give, over all columns. Some A reaches each end.
   *
   * @param leastOfA the least code of A
   * @param greatestOfA the greatest code of A
   */
  public static SumRange possible(WeightsI8I8 weights, int leastOfA, int greatestOfA) {
    SumRange range = NONE;
    for (int n = 0; n < weights.n(); n++) {
      long low = 0;
      long high = 0;
      for (int k = 0; k < weights.k(); k++) {
        int weight = weights.b().get(k, n) - weights.zeroB(n);
        int one = (leastOfA - weights.zeroA()) * weight;
        int other = (greatestOfA - weights.zeroA()) * weight;
        low += Math.min(one, other);
        high += Math.max(one, other);
        range = range.with(low).with(high);
      }
      range = range.with(low + weights.bias(n)).with(high + weights.bias(n));
    }
    return range;
  }

  /** With one more sum. */
  public SumRange with(long sum) {
    return sum < least || sum > greatest
        ? new SumRange(Math.min(least, sum), Math.max(greatest, sum))
        : this;
  }

  /** With all sums of another. */
  public SumRange with(SumRange other) {
    return with(other.least).with(other.greatest);
  }

  /** The bits of the least accumulator that holds them all, the sign among them; at least 1. */
  public int bits() {
    return 1 + Long.SIZE - Math.min(zeros(least), zeros(greatest));
  }

  /** Bits that a value does not need, in two's complement. */
  private static int zeros(long value) {
    return Long.numberOfLeadingZeros(value < 0 ? ~value : value);
  }
}
