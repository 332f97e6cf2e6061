// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Optional;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.quant.Requantization;

/**
 * A factor significand / 2^shift that gives exact means.
 *
 * @param roundedUp whether bits that the first shift drops are no remainder, so that ties are seen
 */
record MeanScaling(int significand, int shift, boolean roundedUp) {
  private static final int LIMIT = 1 << 24;
  private static final int COARSE = 16;
  private static final int SHIFTS = 2 * COARSE;
  private static final int MAX_SHIFT = 62;
  private static final long CODES = 255;

  /**
   * For halfEven(sum / count) of sums of codes that count from 0 to 255; empty if there is none.
   *
   * <p>With m = ceil(2^s / count) and r = m * count - 2^s, sum * m exceeds 2^s * sum / count by sum
   * * r / count: at most 255 r. It must not reach the next tie, half a step of 1 / count away. At a
   * tie it must vanish in the 15 bits that the first shift by 16 drops, the result's guard bit
   * being kept, and half a step of 1 / count must not vanish there.
   */
  static Optional<MeanScaling> of(int count) {
    if (Integer.bitCount(count) == 1) {
      return Optional.of(new MeanScaling(1, Integer.numberOfTrailingZeros(count), false));
    }
    for (int shift = SHIFTS - 1; shift >= COARSE; shift--) {
      long m = ((1L << shift) + count - 1) / count;
      long excess = m * count - (1L << shift);
      boolean near = CODES * count * excess < 1L << (shift - 1);
      boolean vanishes = CODES * excess < 1L << (COARSE - 1);
      boolean tiesOnly = 1L << (shift - COARSE) >= count;
      if (m < LIMIT && near && vanishes && tiesOnly) {
        return Optional.of(new MeanScaling((int) m, shift, true));
      }
    }
    return Optional.empty();
  }

  /**
   * For the means of a pool that are rescaled; empty if no factor gives all of them exactly. M /
   * count is rounded to 24 bits, and tried on every sum that there can be.
   */
  static Optional<MeanScaling> of(IntegerAveragePool pool) {
    int count = pool.window().taps();
    Requantization rescaling = pool.rescaling();
    double exact = (double) rescaling.significand() / count;
    int added = 23 - Math.getExponent(exact);
    while (added + rescaling.shift() > MAX_SHIFT) {
      added--;
    }
    long nearest = Math.round(Math.scalb(exact, added));
    for (long m : new long[] {nearest, nearest - 1, nearest + 1}) {
      if (m > 0 && m < LIMIT) {
        Requantization tried = new Requantization((int) m, rescaling.shift() + added);
        if (givesAll(pool, count, tried)) {
          return Optional.of(new MeanScaling(tried.significand(), tried.shift(), false));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean givesAll(IntegerAveragePool pool, int count, Requantization factor) {
    int zero = pool.output().zeroPoint(0);
    for (int sum = -128 * count; sum <= 127 * count; sum++) {
      int steps = sum - count * pool.input().zeroPoint(0);
      int code = factor.apply(steps, zero, pool.output().qmin(), pool.output().qmax());
      if (code != pool.mean(sum, count)) {
        return false;
      }
    }
    return true;
  }
}
