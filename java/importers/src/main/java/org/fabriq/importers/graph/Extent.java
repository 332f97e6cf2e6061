// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Tensor;

/** Sizes of tensors, bounded, so that files cannot ask for more memory than they may. */
public final class Extent {
  /** The most elements of a tensor. */
  public static final int MAX_ELEMENTS = 1 << 27;

  private Extent() {}

  /**
   * The elements of a shape.
   *
   * @throws InvalidArgumentException if it has over {@link Tensor#MAX_RANK} dimensions or {@link
   *     #MAX_ELEMENTS} elements, or a dimension below 1
   */
  public static int elements(int... shape) {
    long elements = 1;
    for (int dimension : shape) {
      elements = Math.min(elements, MAX_ELEMENTS) * dimension;
      if (dimension < 1 || elements > MAX_ELEMENTS || shape.length > Tensor.MAX_RANK) {
        throw new InvalidArgumentException(
            "shape %s; limit %d dimensions of at least 1 and %,d elements, export a smaller model"
                .formatted(Arrays.toString(shape), Tensor.MAX_RANK, MAX_ELEMENTS));
      }
    }
    return (int) elements;
  }

  /** The product of dimensions {@code from} (included) to {@code to} (excluded). */
  public static int between(int[] shape, int from, int to) {
    return elements(Arrays.copyOfRange(shape, from, to));
  }

  /**
   * For each element of a tensor whose axes are permuted, where it was before.
   *
   * @param shape before
   * @param axes axis i afterwards was axis axes[i]
   */
  public static int[] transposition(int[] shape, int[] axes) {
    int rank = shape.length;
    int[] strides = new int[rank];
    for (int i = rank - 1, stride = 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    int[] order = new int[elements(shape)];
    int[] index = new int[rank];
    for (int i = 0, from = 0; i < order.length; i++) {
      order[i] = from;
      for (int axis = rank - 1; axis >= 0; axis--) {
        from += strides[axes[axis]];
        if (++index[axis] < shape[axes[axis]]) {
          break;
        }
        from -= index[axis] * strides[axes[axis]];
        index[axis] = 0;
      }
    }
    return order;
  }

  /**
   * A shape after permuting its axes.
   *
   * @throws InvalidArgumentException if the axes are no permutation
   */
  public static int[] permuted(int[] shape, int[] axes) {
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    if (!Arrays.equals(sorted, IntStream.range(0, shape.length).toArray())) {
      throw new InvalidArgumentException(
          "axes %s for %d dimensions; each axis must stand there once"
              .formatted(Arrays.toString(axes), shape.length));
    }
    int[] result = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      result[i] = shape[axes[i]];
    }
    return result;
  }
}
