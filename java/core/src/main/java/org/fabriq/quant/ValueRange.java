// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * The interval an encoding has to cover; it holds 0, so that 0 has a code. An end of -0 becomes +0.
 *
 * @param min finite, at most 0
 * @param max finite, at least 0
 */
public record ValueRange(float min, float max) {
  /**
   * @throws InvalidArgumentException if an end is not finite, or the range does not hold 0
   */
  public ValueRange {
    boolean finite = Float.isFinite(min) && Float.isFinite(max);
    if (!finite || min > 0 || max < 0) {
      throw new InvalidArgumentException(
          "range [%s, %s]; both ends must be finite and 0 within, widen it".formatted(min, max));
    }
    min += 0f;
    max += 0f;
  }

  /**
   * The least and the greatest finite value of a tensor, widened to hold 0; [0, 0] if none is
   * finite.
   *
   * @throws InvalidArgumentException at a NaN, with its index
   */
  public static ValueRange of(Float32Tensor values) {
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

  /** The least range that holds this one and another. */
  public ValueRange union(ValueRange other) {
    return new ValueRange(Math.min(min, other.min), Math.max(max, other.max));
  }

  /** The greatest magnitude. */
  public float magnitude() {
    return Math.max(-min, max);
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
