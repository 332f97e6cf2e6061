// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/** The least and the greatest finite value of a tensor, widened to hold 0. */
record ValueRange(float min, float max) {
  /**
   * @throws InvalidArgumentException at a NaN, with its index
   */
  static ValueRange of(Float32Tensor values) {
    float min = 0;
    float max = 0;
    for (int i = 0; i < values.size(); i++) {
      float x = values.get(i);
      if (Float.isNaN(x)) {
        throw nan(i, values);
      }
      if (!Float.isInfinite(x)) {
        min = Math.min(min, x);
        max = Math.max(max, x);
      }
    }
    return new ValueRange(min, max);
  }

  static InvalidArgumentException nan(int index, Float32Tensor values) {
    return new InvalidArgumentException(
        "NaN at index %d of %s has no code; remove it from the data".formatted(index, values));
  }

  /**
   * The scale that spreads a width over so many steps, in fp32: at least the least normal number,
   * which no kernel flushes; 1 for a width of 0.
   */
  static float scale(double width, int steps) {
    double scale = width == 0 ? 1 : width / steps;
    return (float) Math.max(Float.MIN_NORMAL, Math.min(Float.MAX_VALUE, scale));
  }
}
