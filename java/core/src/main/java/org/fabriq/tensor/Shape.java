// SPDX-License-Identifier: Apache-2.0
package org.fabriq.tensor;

import java.util.Arrays;
import org.fabriq.ShapeException;

/** The checks and the arithmetic of shapes; a shape without dimensions is that of a scalar. */
final class Shape {
  private Shape() {}

  /** The number of elements, after checking that they fit a tensor of this type. */
  static int elements(DataType type, int[] shape) {
    if (shape.length > Tensor.MAX_RANK) {
      throw new ShapeException(
          "shape %s has %d dimensions, limit %d; merge some"
              .formatted(Arrays.toString(shape), shape.length, Tensor.MAX_RANK));
    }
    long elements = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new ShapeException(
            "shape %s has a dimension of %d; every dimension must be at least 1"
                .formatted(Arrays.toString(shape), dimension));
      }
      elements *= dimension;
      if (elements * type.bytes() > Integer.MAX_VALUE) {
        throw new ShapeException(
            "shape %s of %s is over the limit of %,d bytes; split it along its first axis"
                .formatted(Arrays.toString(shape), type, Integer.MAX_VALUE));
      }
    }
    return (int) elements;
  }

  /** Checks that an array of this length fills the shape. */
  static void checkLength(int length, Tensor tensor) {
    if (length != tensor.size()) {
      throw new ShapeException(
          "%d values for %s, which holds %d; give exactly as many"
              .formatted(length, tensor, tensor.size()));
    }
  }
}
