// SPDX-License-Identifier: Apache-2.0
package org.fabriq.tensor;

import java.nio.FloatBuffer;

/** A {@link Tensor} of fp32 values. */
public final class Float32Tensor extends Tensor {
  private final FloatBuffer floats;

  private Float32Tensor(int[] shape) {
    super(DataType.FLOAT32, shape);
    floats = memory().asFloatBuffer();
  }

  private Float32Tensor(Float32Tensor whole, int from, int to) {
    super(whole, from, to);
    floats = memory().asFloatBuffer();
  }

  private Float32Tensor(Float32Tensor whole, int[] shape) {
    super(whole, shape);
    floats = memory().asFloatBuffer();
  }

  /** A new tensor of zeros. */
  public static Float32Tensor allocate(int... shape) {
    return new Float32Tensor(shape);
  }

  /**
   * A new tensor with a copy of these values.
   *
   * @throws org.fabriq.ShapeException if the shape does not hold exactly as many
   */
  public static Float32Tensor of(float[] values, int... shape) {
    Float32Tensor tensor = new Float32Tensor(shape);
    tensor.copyFrom(values);
    return tensor;
  }

  /** The memory as floats; always the same instance. Use absolute access only. */
  public FloatBuffer floats() {
    return floats;
  }

  /** The element at a dense row-major index. */
  public float get(int i) {
    return floats.get(i);
  }

  /** Sets the element at a dense row-major index. */
  public void set(int i, float value) {
    floats.put(i, value);
  }

  /** A matrix's element. */
  public float get(int row, int column) {
    return floats.get(index(row, column));
  }

  /** Sets a matrix's element. */
  public void set(int row, int column, float value) {
    floats.put(index(row, column), value);
  }

  /** A copy of all elements. */
  public float[] toArray() {
    float[] values = new float[size()];
    floats.get(0, values);
    return values;
  }

  /**
   * Overwrites all elements.
   *
   * @throws org.fabriq.ShapeException if the length is not {@link #size()}
   */
  public void copyFrom(float[] values) {
    Shape.checkLength(values.length, this);
    floats.put(0, values);
  }

  @Override
  public Float32Tensor rows(int from, int to) {
    return new Float32Tensor(this, from, to);
  }

  @Override
  public Float32Tensor reshape(int... shape) {
    return new Float32Tensor(this, shape);
  }

  @Override
  public Float32Tensor transpose() {
    Float32Tensor result = allocate(columns(), rows());
    copyTransposedTo(result);
    return result;
  }
}
