// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/** The axis of a tensor whose indices are its channels; negative ones count from the end. */
final class ChannelAxis {
  private ChannelAxis() {}

  /** Throws InvalidArgumentException if no tensor has the axis. */
  static void check(int axis) {
    if (axis < -Tensor.MAX_RANK || axis >= Tensor.MAX_RANK) {
      throw new InvalidArgumentException(
          "axis %d; give one of %d to %d, as tensors have up to %d axes"
              .formatted(axis, -Tensor.MAX_RANK, Tensor.MAX_RANK - 1, Tensor.MAX_RANK));
    }
  }

  /**
   * The axis counted from 0.
   *
   * @throws ShapeException if the tensor does not have it
   */
  static int of(int axis, Tensor tensor) {
    int rank = tensor.rank();
    if (rank == 0) {
      throw new ShapeException("a scalar has no channels; quantize it per tensor");
    }
    if (axis < -rank || axis >= rank) {
      throw new ShapeException(
          "axis %d of %s, which has %d; give one of %d to %d"
              .formatted(axis, tensor, rank, -rank, rank - 1));
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** How many elements of one channel lie side by side: the product of the axes behind. */
  static int run(int axis, Tensor tensor) {
    int run = 1;
    for (int i = axis + 1; i < tensor.rank(); i++) {
      run *= tensor.dimension(i);
    }
    return run;
  }

  /** The values of one channel, with all axes of the tensor; a view where they lie together. */
  static Float32Tensor channel(Float32Tensor values, int axis, int channel) {
    if (axis == 0) {
      return values.rows(channel, channel + 1);
    }
    int run = run(axis, values);
    int channels = values.dimension(axis);
    int[] shape = values.shape();
    shape[axis] = 1;
    Float32Tensor own = Float32Tensor.allocate(shape);
    for (int i = 0; i < own.size(); i++) {
      own.set(i, values.get((i / run * channels + channel) * run + i % run));
    }
    return own;
  }
}
