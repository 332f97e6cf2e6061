// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Optional;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.quant.Requantization;

/**
 * How sums of codes become the exact means of a pool: clamp(halfEven((sum - count zeroIn) *
 * significand / 2^shift) + zeroOut, least, greatest).
 *
 * @param roundedUp whether bits that the first shift drops are no remainder, so that ties are seen
 */
record MeanScaling(
    int significand,
    int shift,
    boolean roundedUp,
    int zeroIn,
    int zeroOut,
    int least,
    int greatest) {
  private static final int LIMIT = 1 << 24;
  private static final int COARSE = 16;
  private static final int MAX_SHIFT = 62;
  private static final int LEAST = -128;
  private static final int GREATEST = 127;
  private static final long CODES = GREATEST - LEAST;

  /**
   * The factor for a pool: 1 / count, or M / count, of 24 bits, that gives the mean of every sum
   * that there can be; empty if none does.
   */
  static Optional<MeanScaling> of(IntegerAveragePool pool) {
    int count = pool.window().taps();
    Requantization rescaling = pool.rescaling();
    double exact = (rescaling == null ? 1 : rescaling.significand()) / (double) count;
    int own = rescaling == null ? 0 : rescaling.shift();
    int added = Math.min(23 - Math.getExponent(exact), MAX_SHIFT - own);
    long nearest = Math.round(Math.scalb(exact, added));
    for (long m : new long[] {nearest, nearest - 1, nearest + 1}) {
      if (m > 0 && m < LIMIT) {
        MeanScaling tried = of(pool, new Requantization((int) m, own + added));
        if (tried.givesAll(pool, count)) {
          return Optional.of(tried);
        }
      }
    }
    return rescaling == null ? roundedUp(count) : Optional.empty();
  }

  /** Codes that keep their meaning count from -128, which is even, so that ties stay ties. */
  private static MeanScaling of(IntegerAveragePool pool, Requantization factor) {
    boolean rescales = pool.rescaling() != null;
    return new MeanScaling(
        factor.significand(),
        factor.shift(),
        false,
        rescales ? pool.input().zeroPoint(0) : LEAST,
        rescales ? pool.output().zeroPoint(0) : LEAST,
        rescales ? pool.output().qmin() : LEAST,
        rescales ? pool.output().qmax() : GREATEST);
  }

  private boolean givesAll(IntegerAveragePool pool, int count) {
    Requantization factor = new Requantization(significand, shift);
    for (int sum = LEAST * count; sum <= GREATEST * count; sum++) {
      int code = factor.apply(sum - count * zeroIn, zeroOut, least, greatest);
      if (code != pool.mean(sum, count)) {
        return false;
      }
    }
    return true;
  }

  /**
   * For counts that have ties.
   *
   * <p>With m = ceil(2^s / count) and r = m * count - 2^s, sum * m exceeds 2^s * sum / count by sum
   * * r / count: at most 255 r. It must not reach the next tie, half a step of 1 / count away. At a
   * tie it must vanish in the 15 bits that the first shift by 16 drops, the result's guard bit
   * being kept, and half a step of 1 / count must not vanish there.
   */
  private static Optional<MeanScaling> roundedUp(int count) {
    for (int shift = 2 * COARSE - 1; shift >= COARSE; shift--) {
      long m = ((1L << shift) + count - 1) / count;
      long excess = m * count - (1L << shift);
      boolean near = CODES * count * excess < 1L << (shift - 1);
      boolean vanishes = CODES * excess < 1L << (COARSE - 1);
      boolean tiesOnly = 1L << (shift - COARSE) >= count;
      if (m < LIMIT && near && vanishes && tiesOnly) {
        return Optional.of(new MeanScaling((int) m, shift, true, LEAST, LEAST, LEAST, GREATEST));
      }
    }
    return Optional.empty();
  }
}
