// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

/**
 * A real multiplier as TensorFlow Lite's reference kernels hold it, q * 2^(shift - 31), and their
 * product with an int32 in two roundings (gemmlowp's names).
 */
record TfliteMultiplier(int q, int shift) {
  /** {@code QuantizeMultiplier}. */
  static TfliteMultiplier of(double real) {
    if (real == 0) {
      return new TfliteMultiplier(0, 0);
    }
    int shift = Math.getExponent(real) + 1;
    long q = Math.round(Math.scalb(real, 31 - shift));
    if (q == 1L << 31) {
      q /= 2;
      shift++;
    }
    return shift < -31 ? new TfliteMultiplier(0, 0) : new TfliteMultiplier((int) q, shift);
  }

  /** {@code MultiplyByQuantizedMultiplier} without TFLITE_SINGLE_ROUNDING. */
  int times(int x) {
    int left = Math.max(shift, 0);
    int right = Math.max(-shift, 0);
    return dividedByPowerOfTwo(doublingHighProduct(x << left, q), right);
  }

  /** {@code SaturatingRoundingDoublingHighMul}. */
  static int doublingHighProduct(int a, int b) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      return Integer.MAX_VALUE;
    }
    long product = (long) a * b;
    long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
    return (int) ((product + nudge) / (1L << 31));
  }

  /** {@code RoundingDivideByPOT}. */
  static int dividedByPowerOfTwo(int x, int exponent) {
    int mask = (int) ((1L << exponent) - 1);
    int rest = x & mask;
    int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
    return (x >> exponent) + (rest > threshold ? 1 : 0);
  }
}
