// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * A multiplier as TensorFlow Lite and gemmlowp hold it: q * 2^(shift - 31). Sources: gemmlowp,
 * {@code fixedpoint.h}; TensorFlow Lite, {@code kernels/internal/quantization_util.cc} and {@code
 * common.h}, without TFLITE_SINGLE_ROUNDING.
 *
 * @param q 2^30 to 2^31 - 1, or 0 for what is below 2^-32
 * @param shift -31 to 30
 */
public record FixedPointMultiplier(int q, int shift) {
  private static final int LEAST_SHIFT = -31;
  private static final int GREATEST_SHIFT = 30;

  /**
   * @throws InvalidArgumentException if a number is out of its range
   */
  public FixedPointMultiplier {
    if (shift < LEAST_SHIFT || shift > GREATEST_SHIFT) {
      throw new InvalidArgumentException(
          "multiplier %s has the TFLite shift %d; it must be %d to %d, change the scales"
              .formatted(Math.scalb((double) q, shift - 31), shift, LEAST_SHIFT, GREATEST_SHIFT));
    }
    if (q != 0 && q < 1 << 30) {
      throw new InvalidArgumentException(
          "fixed-point multiplier %,d; it must be 2^30 to 2^31 - 1, or 0".formatted(q));
    }
  }

  /**
   * The nearest to a real number, half-away; 0 for what is below 2^-32.
   *
   * @throws InvalidArgumentException if it is not above 0, or 2^30 or more
   */
  public static FixedPointMultiplier of(double multiplier) {
    if (!(multiplier > 0)) {
      throw new InvalidArgumentException(
          "multiplier %s; it must be above 0, change the scales".formatted(multiplier));
    }
    int shift = Math.getExponent(multiplier) + 1;
    if (shift < LEAST_SHIFT) {
      return new FixedPointMultiplier(0, 0);
    }
    long q = Math.round(Math.scalb(multiplier, 31 - shift));
    return q == 1L << 31
        ? new FixedPointMultiplier(1 << 30, shift + 1)
        : new FixedPointMultiplier((int) q, shift);
  }

  /**
   * Another form of a multiplier, exactly.
   *
   * @throws InvalidArgumentException if it needs a shift that is out of range
   */
  public static FixedPointMultiplier of(Requantization multiplier) {
    int zeros = Integer.numberOfLeadingZeros(multiplier.significand()) - 1;
    return new FixedPointMultiplier(
        multiplier.significand() << zeros, 31 - zeros - multiplier.shift());
  }

  /**
   * acc times the multiplier in two roundings: a doubling high multiply (half-up in magnitude of
   * the 62-bit product, ties of negative products toward zero), then a division by a power of two,
   * half-away. int32 arithmetic, which wraps where acc * 2^shift leaves int32.
   */
  public int doubleRounding(int acc) {
    return doubleRounding(acc, q, shift);
  }

  /**
   * The same with a q that may be below 2^30.
   *
   * @param q not negative
   * @param shift -31 to 30
   */
  public static int doubleRounding(int acc, int q, int shift) {
    int left = Math.max(shift, 0);
    int right = Math.max(-shift, 0);
    return dividedByPowerOfTwo(doublingHighProduct(acc << left, q), right);
  }

  /** acc times the multiplier in one rounding of the 62-bit product, half-up. */
  public long singleRounding(int acc) {
    int total = 31 - shift;
    return ((long) acc * q + (1L << (total - 1))) >> total;
  }

  /** gemmlowp's SaturatingRoundingDoublingHighMul; q is not negative, so nothing saturates. */
  private static int doublingHighProduct(int a, int q) {
    long product = (long) a * q;
    long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
    return (int) ((product + nudge) / (1L << 31));
  }

  /** gemmlowp's RoundingDivideByPOT: half-away. */
  private static int dividedByPowerOfTwo(int value, int exponent) {
    long mask = (1L << exponent) - 1;
    long threshold = (mask >> 1) + (value < 0 ? 1 : 0);
    return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
  }
}
