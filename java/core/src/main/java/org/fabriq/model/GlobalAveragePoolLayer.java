// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/** The mean of each channel, as an image of one pixel; summed and divided in double. */
public record GlobalAveragePoolLayer(String name) implements UnaryLayer {
  @Override
  public SampleShape output(SampleShape input) {
    if (!input.isImage()) {
      throw new ShapeException("layer %s pools images, not vectors of %s".formatted(name, input));
    }
    return SampleShape.image(input.channels(), 1, 1);
  }

  /** The same for images of this shape as an average pooling. */
  public AveragePoolLayer over(SampleShape input) {
    output(input);
    return new AveragePoolLayer(name, Window.whole(input.height(), input.width()), false);
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    return over(Samples.shape(x)).forward(x);
  }
}
