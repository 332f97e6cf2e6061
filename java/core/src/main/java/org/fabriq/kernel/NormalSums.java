// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

/**
 * Tells which rows of A can meet no subnormal: for these, fp32 arithmetic without flushing gives
 * the contract's bits.
 *
 * <p>Let every nonzero |a| * |b| be at least T, a and b normal. A product rounds to a multiple of
 * its own ulp, hence of u, the ulp of the least product, and u > 2^-24 T. Sums of multiples of u
 * are multiples of u, and rounding keeps them so. Hence nonzero sums are at least u.
 *
 * <ul>
 *   <li>f32f32: T >= 2^-102 gives u >= 2^-125: no subnormal.
 *   <li>f32i8 also needs T >= 2^-102 / scale: then |acc * scale| > 2^-126.
 *   <li>A bias of 0 changes nothing. One of at least 2^-102 cannot cancel less than 2^-103 to below
 *       2^-103; and with values of at least 2^-103 its sum is a multiple of 2^-126.
 * </ul>
 */
public final class NormalSums {
  private static final float LEAST_BIAS = 0x1p-102f;

  private final int leastBits;

  private NormalSums(float least) {
    this.leastBits = Float.floatToIntBits(least);
  }

  /** For the columns of fp32 x fp32 or fp32 x int8 weights. */
  public static NormalSums of(MatmulWeights weights) {
    float leastB = Float.POSITIVE_INFINITY;
    float leastBias = Float.POSITIVE_INFINITY;
    float leastScale = 1;
    int n = weights.n();
    for (int i = 0; i < n; i++) {
      if (weights instanceof WeightsF32I8 w) {
        leastScale = Math.min(leastScale, leastNonzero(FlushedFloat.flush(w.scale(i))));
        leastBias = Math.min(leastBias, leastNonzero(FlushedFloat.flush(w.bias(i))));
        for (int k = 0; k < w.k(); k++) {
          leastB = Math.min(leastB, leastNonzero(w.b().get(k, i) - w.zeroPoint(i)));
        }
      } else if (weights instanceof WeightsF32F32 w) {
        leastBias = Math.min(leastBias, leastNonzero(FlushedFloat.flush(w.bias(i))));
        for (int k = 0; k < w.k(); k++) {
          leastB = Math.min(leastB, leastNonzero(FlushedFloat.flush(w.b().get(k, i))));
        }
      }
    }
    if (leastBias < LEAST_BIAS) {
      return new NormalSums(Float.POSITIVE_INFINITY);
    }
    double leastProduct = 0x1p-102 / leastScale;
    return new NormalSums(Math.max(Float.MIN_NORMAL, Math.nextUp((float) (leastProduct / leastB))));
  }

  /**
   * Whether a row of A meets no subnormal.
   *
   * @param a holds the row from {@code from} on, {@code k} elements
   */
  public boolean hold(float[] a, int from, int k) {
    for (int i = from; i < from + k; i++) {
      int magnitude = Float.floatToRawIntBits(a[i]) & Integer.MAX_VALUE;
      if (Integer.compareUnsigned(magnitude - 1, leastBits - 1) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The magnitude, infinite for 0 and NaN. */
  private static float leastNonzero(float value) {
    return value == 0 || Float.isNaN(value) ? Float.POSITIVE_INFINITY : Math.abs(value);
  }
}
