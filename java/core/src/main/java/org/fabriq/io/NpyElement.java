// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fabriq.tensor.DataType;

/** The element types of npy data that have a tensor type. */
enum NpyElement {
  F4("'<f4'", 4, DataType.FLOAT32),
  F8("'<f8'", 8, DataType.FLOAT32),
  I1("'|i1'", 1, DataType.INT8),
  I4("'<i4'", 4, DataType.INT32);

  private final String dtype;
  private final int bytes;
  private final DataType type;

  NpyElement(String dtype, int bytes, DataType type) {
    this.dtype = dtype;
    this.bytes = bytes;
    this.type = type;
  }

  /** The numpy type as the header spells it, with its quotes. */
  String dtype() {
    return dtype;
  }

  int bytes() {
    return bytes;
  }

  /** What a tensor of it holds. */
  DataType type() {
    return type;
  }

  /** The element a tensor type is written as. */
  static NpyElement of(DataType type) {
    return Arrays.stream(values()).filter(e -> e.type == type).findFirst().orElseThrow();
  }

  static NpyElement ofDtype(String dtype, Location where) {
    return Arrays.stream(values())
        .filter(e -> e.dtype.equals(dtype))
        .findFirst()
        .orElseThrow(
            () ->
                where.error(
                    "dtype",
                    dtype,
                    "'<f4', '<f8', '|i1' or '<i4'",
                    "convert the array with astype('float32'), 'int8' or 'int32'"));
  }

  /**
   * Stores elements from file bytes into a tensor's memory, both little-endian. F8 is narrowed by
   * rounding half to even; infinities and NaN stay.
   *
   * @param first the index of the first of these elements
   * @return the index of a finite F8 value beyond the range of fp32, or -1
   */
  int store(ByteBuffer source, int count, ByteBuffer memory, int first) {
    if (this != F8) {
      memory.put(first * bytes, source, 0, count * bytes);
      return -1;
    }
    for (int i = 0; i < count; i++) {
      double wide = source.getDouble(8 * i);
      float narrow = (float) wide;
      if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
        return first + i;
      }
      memory.putFloat(4 * (first + i), narrow);
    }
    return -1;
  }
}
