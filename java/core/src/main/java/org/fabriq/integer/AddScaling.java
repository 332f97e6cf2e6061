// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.InvalidArgumentException;

/**
 * The two factors of an {@link IntegerAdd}: left / 2^shift and right / 2^shift. With S the scales,
 * left is halfEven(S_left / S_out * 2^shift), right alike, and the shift is the greatest, at most
 * {@value #MAX_SHIFT}, at which both are below 2^17: so the greater of the two uses all 17 bits.
 * These integers are the definition, not the scales.
 *
 * @param left 0 to 2^17 - 1
 * @param right 0 to 2^17 - 1; not 0 if left is
 * @param shift 0 to {@value #MAX_SHIFT}
 */
public record AddScaling(int left, int right, int shift) implements AddRounding {
  /** The greatest shift. */
  public static final int MAX_SHIFT = 31;

  private static final int LIMIT = 1 << 17;

  /**
   * @throws InvalidArgumentException if a number is out of its range
   */
  public AddScaling {
    if (left < 0
        || right < 0
        || left >= LIMIT
        || right >= LIMIT
        || left + right == 0
        || shift < 0
        || shift > MAX_SHIFT) {
      throw new InvalidArgumentException(
          ("factors %d and %d with a shift of %d; factors are 0 to 2^17 - 1, not both 0, the shift"
                  + " is 0 to %d, change the scales")
              .formatted(left, right, shift, MAX_SHIFT));
    }
  }

  /**
   * The factors for scales; quotients in double.
   *
   * @throws InvalidArgumentException if an input's scale is 2^17 times that of the output, or more
   */
  public static AddScaling of(float left, float right, float output) {
    double first = (double) left / output;
    double second = (double) right / output;
    for (int shift = MAX_SHIFT; shift >= 0; shift--) {
      double m1 = Math.rint(Math.scalb(first, shift));
      double m2 = Math.rint(Math.scalb(second, shift));
      if (m1 < LIMIT && m2 < LIMIT) {
        return new AddScaling((int) m1, (int) m2, shift);
      }
    }
    throw new InvalidArgumentException(
        "scales %s and %s added to scale %s; each must be below 2^17 times that, change the scales"
            .formatted(left, right, output));
  }

  /**
   * halfEven((a * left + b * right) / 2^shift), exactly.
   *
   * @param a a code less its zero point, -255 to 255; b alike
   */
  @Override
  public long apply(int a, int b) {
    long sum = (long) a * left + (long) b * right;
    if (shift == 0) {
      return sum;
    }
    long odd = (sum >> shift) & 1;
    return (sum + (1L << (shift - 1)) - 1 + odd) >> shift;
  }
}
