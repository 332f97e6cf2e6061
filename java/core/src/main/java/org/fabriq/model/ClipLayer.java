// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Each value limited to [min, max]; NaN stays NaN. ReLU6 clips to [0, 6].
 *
 * @param min finite, below max
 * @param max finite
 */
public record ClipLayer(String name, float min, float max) implements Layer {
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

  @Override
  public SampleShape output(SampleShape input) {
    return input;
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    Float32Tensor out = Float32Tensor.allocate(x.shape());
    for (int i = 0; i < x.size(); i++) {
      out.set(i, Math.max(min, Math.min(max, x.get(i))));
    }
    return out;
  }
}
