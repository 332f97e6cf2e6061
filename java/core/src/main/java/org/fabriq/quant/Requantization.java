// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * The exact multiplication of an int32 accumulator with M = significand * 2^-shift, rounded
 * half-even: integer-only, one rounding, no overflow (the product has 56 bits at most).
 *
 * <p>It equals the real-number definition of ONNX QuantizeLinear(acc * M). Trailing zeros of the
 * significand are removed while the shift is above 0, so equal multipliers are equal records.
 *
 * @param significand 1 to 2^24 - 1
 * @param shift 0 to 62
 */
public record Requantization(int significand, int shift) {
  /**
   * How far acc * M, computed in fp32, may be off where it is no greater than 512: it errs by two
   * roundings of 2^-24, relative. Farther than that from a tie, its nearest integer is right.
   */
  public static final float NEAR_TIE = 0x1p-14f;

  private static final int SIGNIFICAND_LIMIT = 1 << 24;
  private static final int MAX_SHIFT = 62;

  /**
   * @throws InvalidArgumentException if significand or shift are out of range
   */
  public Requantization {
    while (shift > 0 && significand > 0 && (significand & 1) == 0) {
      significand >>= 1;
      shift--;
    }
    if (significand < 1 || significand >= SIGNIFICAND_LIMIT || shift < 0 || shift > MAX_SHIFT) {
      throw new InvalidArgumentException(
          "multiplier %d * 2^-%d; the significand must be 1 to 2^24 - 1 and the shift 0 to %d,"
                  .formatted(significand, shift, MAX_SHIFT)
              + " change the scales");
    }
  }

  /**
   * The multiplier of an fp32 value, exactly.
   *
   * @throws InvalidArgumentException if it is NaN, infinite, not above 0, or not m * 2^-s with s in
   *     0..62 and m below 2^24
   */
  public static Requantization of(float multiplier) {
    if (!(multiplier > 0) || multiplier >= SIGNIFICAND_LIMIT) {
      throw new InvalidArgumentException(
          "multiplier %s; it must be above 0 and below 2^24, change the scales"
              .formatted(multiplier));
    }
    int shift = 23 - Math.max(Math.getExponent(multiplier), Float.MIN_EXPONENT);
    return new Requantization((int) Math.scalb((double) multiplier, shift), shift);
  }

  /**
   * The multiplier scaleA * scaleB / scaleC, evaluated in double and narrowed to fp32, half-even.
   *
   * @throws InvalidArgumentException as {@link #of(float)}
   */
  public static Requantization of(float scaleA, float scaleB, float scaleC) {
    return of((float) ((double) scaleA * scaleB / scaleC));
  }

  /**
   * The multiplier 2^-fl: a plain shift with ties to even.
   *
   * @param fl -23 to 62
   */
  public static Requantization ofPowerOfTwo(int fl) {
    if (fl < -23 || fl > MAX_SHIFT) {
      throw new InvalidArgumentException(
          "fl = %d; a shift must be -23 to %d".formatted(fl, MAX_SHIFT));
    }
    return fl >= 0 ? new Requantization(1, fl) : new Requantization(1 << -fl, 0);
  }

  /** The kernels' form of it: significand | shift * 2^24. */
  public int word() {
    return significand | shift << 24;
  }

  /**
   * The multiplier of a kernel's word.
   *
   * @throws InvalidArgumentException if the word has a significand of 0 or a shift over 62
   */
  public static Requantization fromWord(int word) {
    return new Requantization(word & (SIGNIFICAND_LIMIT - 1), word >>> 24);
  }

  /** halfEven(acc * M), exactly. */
  public long apply(int acc) {
    long product = (long) acc * significand;
    if (shift == 0) {
      return product;
    }
    long odd = (product >> shift) & 1;
    return (product + (1L << (shift - 1)) - 1 + odd) >> shift;
  }

  /**
   * clamp(halfEven(acc * M) + zeroPoint, qmin, qmax), exactly.
   *
   * @return a value in [qmin, qmax]
   */
  public int apply(int acc, int zeroPoint, int qmin, int qmax) {
    return (int) Math.max(qmin, Math.min(qmax, apply(acc) + zeroPoint));
  }

  /**
   * M0 of M = M0 * 2^-n with M0 in [0.5, 1), the form of gemmlowp and of much hardware; exact. M =
   * 0.2f has M0 = 0.8f and n = 2.
   */
  public float normalizedMultiplier() {
    return Math.scalb(multiplier(), normalizedShift());
  }

  /** n of {@link #normalizedMultiplier}; negative from M = 1 on. */
  public int normalizedShift() {
    return -1 - Math.getExponent((float) significand) + shift;
  }

  /** M as fp32; exact. */
  public float multiplier() {
    return Math.scalb((float) significand, -shift);
  }
}
