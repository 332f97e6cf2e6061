// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.util.Arrays;
import java.util.List;
import org.fabriq.ShapeException;

/**
 * A tensor that flows: an input, or what a step gives.
 *
 * @param name as the file has it, unique in a model
 * @param shape with the batch as axis 0
 * @param codes what it is codes of, per tensor; null where it is fp32. A step that gives codes
 *     quantizes its exact result
 */
public record Signal(String name, List<Integer> shape, Codes codes) {
  /** Copies the shape and checks it. */
  public Signal {
    shape = List.copyOf(shape);
    Extent.elements(shape.stream().mapToInt(i -> i).toArray());
  }

  /** A tensor of fp32. */
  public static Signal of(String name, int... shape) {
    return new Signal(name, Arrays.stream(shape).boxed().toList(), null);
  }

  /** The same tensor as codes. */
  public Signal as(Codes other) {
    return new Signal(name, shape, other);
  }

  /** The shape, with the batch as axis 0. */
  public int[] dimensions() {
    return shape.stream().mapToInt(i -> i).toArray();
  }

  /** The shape of a sample: without axis 0. */
  public int[] sample() {
    return shape.stream().skip(1).mapToInt(i -> i).toArray();
  }

  /** The number of dimensions, the batch included. */
  public int rank() {
    return shape.size();
  }

  /**
   * The length of an axis.
   *
   * @throws ShapeException if there is no such axis
   */
  public int dimension(int axis) {
    if (axis < 0 || axis >= shape.size()) {
      throw new ShapeException(
          "axis %d of tensor %s; give it more dimensions".formatted(axis, shape));
    }
    return shape.get(axis);
  }
}
