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

  /** The pixels of so many images. */
  static int rows(int samples, int height, int width) {
    long rows = (long) samples * height * width;
    if (rows > Integer.MAX_VALUE) {
      throw new ShapeException(
          "%,d samples of %d x %d are %,d rows, limit 2^31 - 1; take fewer at once"
              .formatted(samples, height, width, rows));
    }
    return (int) rows;
  }
}
