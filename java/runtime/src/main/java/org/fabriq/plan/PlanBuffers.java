// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Tensor;

/**
 * The buffers of a plan, each pixels x channels for a whole batch. What the last reader of a buffer
 * has read is given to later ones of the same type.
 */
final class PlanBuffers {
  private final int batch;
  private final Map<Integer, Tensor> slabs = new HashMap<>();
  private final List<Tensor> free = new ArrayList<>();
  private long bytes;

  PlanBuffers(int batch) {
    this.batch = batch;
  }

  /**
   * A buffer for what a step gives.
   *
   * @param step whose it is, until it is released
   * @throws InvalidArgumentException if it is over 2^31 - 1 bytes
   */
  Tensor take(int step, DataType type, SampleShape shape) {
    long rows = (long) batch * shape.height() * shape.width();
    long size = rows * shape.channels();
    if (size * type.bytes() > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "a batch of %,d samples of %s %s is over 2^31 - 1 bytes; use a smaller batch"
              .formatted(batch, type, shape));
    }
    Tensor slab = slab(type, (int) size);
    slabs.put(step, slab);
    return slab.rows(0, (int) size).reshape((int) rows, shape.channels());
  }

  /** The smallest free one that is large enough, or a new one. */
  private Tensor slab(DataType type, int size) {
    Tensor best = null;
    for (Tensor slab : free) {
      if (slab.type() == type
          && slab.size() >= size
          && (best == null || slab.size() < best.size())) {
        best = slab;
      }
    }
    if (best == null) {
      bytes += (long) size * type.bytes();
      return Tensor.allocate(type, size);
    }
    free.remove(best);
    return best;
  }

  /** Gives the buffer of a step to later ones. */
  void release(int step) {
    free.add(slabs.remove(step));
  }

  /** The memory of all buffers. */
  long bytes() {
    return bytes;
  }
}
