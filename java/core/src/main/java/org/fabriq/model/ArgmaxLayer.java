// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/** The index of the greatest value of a vector, the first one of equals, as one fp32 value. */
public record ArgmaxLayer(String name) implements EpilogueLayer {
  @Override
  public SampleShape output(SampleShape input) {
    if (input.isImage()) {
      throw new ShapeException(
          "layer %s takes vectors, not images of %s; flatten images before it"
              .formatted(name, input));
    }
    return SampleShape.vector(1);
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    output(Samples.shape(x));
    Float32Tensor out = Float32Tensor.allocate(x.rows(), 1);
    apply(x, out, x.rows());
    return out;
  }

  /** Overwrites the first values of {@code out} with the classes of those rows of {@code x}. */
  public void apply(Float32Tensor x, Float32Tensor out, int rows) {
    for (int row = 0; row < rows; row++) {
      out.set(row, Argmax.of(x, row));
    }
  }
}
