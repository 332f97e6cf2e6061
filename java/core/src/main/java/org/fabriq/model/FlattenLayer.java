// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.tensor.Float32Tensor;

/** Images as vectors: channel after channel, row after row. */
public record FlattenLayer(String name) implements UnaryLayer {
  @Override
  public SampleShape output(SampleShape input) {
    return SampleShape.vector(input.size());
  }

  /** A view of x. */
  @Override
  public Float32Tensor forward(Float32Tensor x) {
    return x.reshape(x.dimension(0), x.size() / x.dimension(0));
  }
}
