// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.Arrays;
import org.fabriq.importers.graph.Extent;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.model.SampleShape;

/**
 * A tensor of the file as an arrangement of one that a layer gives: transposing and reshaping
 * change the arrangement alone, and cost nothing when the network runs.
 *
 * @param source what the layer gives
 * @param shape of a sample in the file
 * @param order where in a sample of the layer each value of the file is; null for the same place
 */
record View<T>(T source, int[] shape, int[] order) {
  /** A tensor as the layer gives it. */
  static <T> View<T> of(T source, int... shape) {
    return new View<>(source, shape, null);
  }

  /** The same arrangement of another tensor of the same size. */
  <S> View<S> of(S other) {
    return new View<>(other, shape, order);
  }

  /**
   * @param axes of samples: axis i afterwards was axis axes[i]
   */
  View<T> transposed(int[] axes) {
    int[] permuted = Extent.permuted(shape, axes);
    return new View<>(source, permuted, identityAsNull(after(Extent.transposition(shape, axes))));
  }

  View<T> reshaped(int[] other) {
    if (Extent.elements(other) != Extent.elements(shape)) {
      throw new NotTakenException(
          "%s becomes %s, which mixes samples"
              .formatted(Arrays.toString(shape), Arrays.toString(other)),
          "keep the batch as the first axis");
    }
    return new View<>(source, other, order);
  }

  private int[] after(int[] inner) {
    return order == null ? inner : Arrays.stream(inner).map(i -> order[i]).toArray();
  }

  static int[] identityAsNull(int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return order;
      }
    }
    return null;
  }

  /** For each place of a permutation, what comes there; null for null. */
  static int[] inverse(int[] order) {
    if (order == null) {
      return null;
    }
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  /** Where value {@code i} of the file is in a sample of the layer. */
  int place(int i) {
    return order == null ? i : order[i];
  }

  boolean isVector() {
    return shape.length == 1;
  }

  /** The image that samples of a shape are: C x H x W, or C x W as C x 1 x W. */
  static SampleShape image(int[] shape) {
    return switch (shape.length) {
      case 2 -> SampleShape.image(shape[0], 1, shape[1]);
      case 3 -> SampleShape.image(shape[0], shape[1], shape[2]);
      default ->
          throw new NotTakenException(
              "samples of shape %s are no images".formatted(Arrays.toString(shape)),
              "use images of channels x height x width, or channels x width");
    };
  }
}
