// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.Locale;
import org.fabriq.tensor.DataType;

/** The matrix multiplications, by the types of A and B. */
public enum KernelType {
  /** fp32 x fp32, accumulated in fp32. */
  F32F32("matmul_f32f32", DataType.FLOAT32, DataType.FLOAT32),
  /** fp32 x int8, accumulated in fp32, scaled per column. */
  F32I8("matmul_f32i8", DataType.FLOAT32, DataType.INT8),
  /** int8 x int8, accumulated in int32, requantized per column or raw. */
  I8I8("matmul_i8i8", DataType.INT8, DataType.INT8);

  private final String kernelName;
  private final DataType typeOfA;
  private final DataType typeOfB;

  KernelType(String kernelName, DataType typeOfA, DataType typeOfB) {
    this.kernelName = kernelName;
    this.typeOfA = typeOfA;
    this.typeOfB = typeOfB;
  }

  /** The name of the top function and of its descriptor. */
  public String kernelName() {
    return kernelName;
  }

  /** The element type of the activations. */
  public DataType typeOfA() {
    return typeOfA;
  }

  /** The element type of the weights. */
  public DataType typeOfB() {
    return typeOfB;
  }

  /** The word for people, as {@code i8i8}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
