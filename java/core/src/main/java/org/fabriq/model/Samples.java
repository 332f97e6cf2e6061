// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Tensor;

/** Reads the shape of samples off a batch of them. */
final class Samples {
  private Samples() {}

  /** The shape of a sample of a tensor M x K or M x C x H x W. */
  static SampleShape shape(Tensor x) {
    return switch (x.rank()) {
      case 2 -> SampleShape.vector(x.dimension(1));
      case 4 -> SampleShape.image(x.dimension(1), x.dimension(2), x.dimension(3));
      default ->
          throw new ShapeException(
              "samples %s; give samples x values, or samples x channels x height x width"
                  .formatted(x));
    };
  }
}
