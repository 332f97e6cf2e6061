// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;

/**
 * Each value limited to [min, max]; NaN stays NaN. ReLU6 clips to [0, 6].
 *
 * @param min finite, below max
 * @param max finite
 */
public record ClipLayer(String name, float min, float max) implements FunctionLayer {
  /**
   * @throws InvalidArgumentException if min is not below max, or one is not finite
   */
  public ClipLayer {
    if (!(min < max) || Float.isInfinite(min) || Float.isInfinite(max)) {
      throw new InvalidArgumentException(
          "layer %s clips to [%s, %s]; both limits must be finite, the lower one first"
              .formatted(name, min, max));
    }
  }

  /** Reads the file form. */
  static ClipLayer read(LayerSource source) {
    return new ClipLayer(source.name(), source.number("min"), source.number("max"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("min", min);
    sink.put("max", max);
  }

  @Override
  public double value(double x) {
    return Math.max(min, Math.min(max, x));
  }
}
