// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;
import org.fabriq.tensor.Float32Tensor;

/** Collects values whose number is not known beforehand. */
final class FloatList {
  private static final int MOST = Integer.MAX_VALUE - 8;

  private float[] values = new float[1 << 10];
  private int size;

  int size() {
    return size;
  }

  void add(float value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, (int) Math.min(2L * size, MOST));
    }
    values[size++] = value;
  }

  /** Copies all values to a new matrix, row by row. */
  Float32Tensor tensor(int rows, int columns) {
    return Float32Tensor.of(Arrays.copyOf(values, size), rows, columns);
  }
}
