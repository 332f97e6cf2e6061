// SPDX-License-Identifier: Apache-2.0
package org.fabriq.tensor;

import java.nio.ByteBuffer;

/**
 * A {@link Tensor} of signed 8-bit integers: codes, whose meaning an {@link
 * org.fabriq.quant.Encoding} gives.
 */
public final class Int8Tensor extends Tensor {
  private final ByteBuffer bytes;

  private Int8Tensor(int[] shape) {
    super(DataType.INT8, shape);
    bytes = memory();
  }

  private Int8Tensor(Int8Tensor whole, int from, int to) {
    super(whole, from, to);
    bytes = memory();
  }

  private Int8Tensor(Int8Tensor whole, int[] shape) {
    super(whole, shape);
    bytes = memory();
  }

  /** A new tensor of zeros. */
  public static Int8Tensor allocate(int... shape) {
    return new Int8Tensor(shape);
  }

  /**
   * A new tensor with a copy of these values.
   *
   * @throws org.fabriq.ShapeException if the shape does not hold exactly as many
   */
  public static Int8Tensor of(byte[] values, int... shape) {
    Int8Tensor tensor = new Int8Tensor(shape);
    tensor.copyFrom(values);
    return tensor;
  }

  /** The element at a dense row-major index. */
  public byte get(int i) {
    return bytes.get(i);
  }

  /** Sets the element at a dense row-major index. */
  public void set(int i, byte value) {
    bytes.put(i, value);
  }

  /** A matrix's element. */
  public byte get(int row, int column) {
    return bytes.get(index(row, column));
  }

  /** Sets a matrix's element. */
  public void set(int row, int column, byte value) {
    bytes.put(index(row, column), value);
  }

  /** A copy of all elements. */
  public byte[] toArray() {
    byte[] values = new byte[size()];
    bytes.get(0, values);
    return values;
  }

  /**
   * Overwrites all elements.
   *
   * @throws org.fabriq.ShapeException if the length is not {@link #size()}
   */
  public void copyFrom(byte[] values) {
    Shape.checkLength(values.length, this);
    bytes.put(0, values);
  }

  @Override
  public Int8Tensor rows(int from, int to) {
    return new Int8Tensor(this, from, to);
  }

  @Override
  public Int8Tensor reshape(int... shape) {
    return new Int8Tensor(this, shape);
  }

  @Override
  public Int8Tensor transpose() {
    Int8Tensor result = allocate(columns(), rows());
    copyTransposedTo(result);
    return result;
  }
}
