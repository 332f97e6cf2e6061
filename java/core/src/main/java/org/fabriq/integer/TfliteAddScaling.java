// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.quant.FixedPointMultiplier;

/**
 * The sum of TensorFlow Lite: both codes times 2^20 and S / (2 * max(S_left, S_right)), added, and
 * that times 2 * max(S_left, S_right) / (2^20 * S_out); each product in two roundings.
 */
public record TfliteAddScaling(
    FixedPointMultiplier left, FixedPointMultiplier right, FixedPointMultiplier output)
    implements AddRounding {
  private static final int LEFT_SHIFT = 20;

  /**
   * For scales; quotients in double.
   *
   * @throws org.fabriq.InvalidArgumentException if they are too far apart
   */
  public static TfliteAddScaling of(float left, float right, float output) {
    double twice = 2.0 * Math.max(left, right);
    return new TfliteAddScaling(
        FixedPointMultiplier.of(left / twice),
        FixedPointMultiplier.of(right / twice),
        FixedPointMultiplier.of(twice / Math.scalb((double) output, LEFT_SHIFT)));
  }

  @Override
  public long apply(int a, int b) {
    int sum = left.doubleRounding(a << LEFT_SHIFT) + right.doubleRounding(b << LEFT_SHIFT);
    return output.doubleRounding(sum);
  }
}
