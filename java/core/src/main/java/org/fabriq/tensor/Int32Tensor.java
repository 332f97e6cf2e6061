// SPDX-License-Identifier: Apache-2.0
package org.fabriq.tensor;

import java.nio.IntBuffer;

/** A {@link Tensor} of 32-bit integers: accumulators and raw results. */
public final class Int32Tensor extends Tensor {
  private final IntBuffer ints;

  private Int32Tensor(int[] shape) {
    super(DataType.INT32, shape);
    ints = memory().asIntBuffer();
  }

  private Int32Tensor(Int32Tensor whole, int from, int to) {
    super(whole, from, to);
    ints = memory().asIntBuffer();
  }

  private Int32Tensor(Int32Tensor whole, int[] shape) {
    super(whole, shape);
    ints = memory().asIntBuffer();
  }

  /** A new tensor of zeros. */
  public static Int32Tensor allocate(int... shape) {
    return new Int32Tensor(shape);
  }

  /**
   * A new tensor with a copy of these values.
   *
   * @throws org.fabriq.ShapeException if the shape does not hold exactly as many
   */
  public static Int32Tensor of(int[] values, int... shape) {
    Int32Tensor tensor = new Int32Tensor(shape);
    tensor.copyFrom(values);
    return tensor;
  }

  /** The memory as ints; always the same instance. Use absolute access only. */
  public IntBuffer ints() {
    return ints;
  }

  /** The element at a dense row-major index. */
  public int get(int i) {
    return ints.get(i);
  }

  /** Sets the element at a dense row-major index. */
  public void set(int i, int value) {
    ints.put(i, value);
  }

  /** A matrix's element. */
  public int get(int row, int column) {
    return ints.get(index(row, column));
  }

  /** Sets a matrix's element. */
  public void set(int row, int column, int value) {
    ints.put(index(row, column), value);
  }

  /** A copy of all elements. */
  public int[] toArray() {
    int[] values = new int[size()];
    ints.get(0, values);
    return values;
  }

  /**
   * Overwrites all elements.
   *
   * @throws org.fabriq.ShapeException if the length is not {@link #size()}
   */
  public void copyFrom(int[] values) {
    Shape.checkLength(values.length, this);
    ints.put(0, values);
  }

  @Override
  public Int32Tensor rows(int from, int to) {
    return new Int32Tensor(this, from, to);
  }

  @Override
  public Int32Tensor reshape(int... shape) {
    return new Int32Tensor(this, shape);
  }

  @Override
  public Int32Tensor transpose() {
    Int32Tensor result = allocate(columns(), rows());
    copyTransposedTo(result);
    return result;
  }
}
