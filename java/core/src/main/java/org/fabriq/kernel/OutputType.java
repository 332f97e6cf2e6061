// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import org.fabriq.tensor.DataType;

/** What a kernel's epilogue writes to C. */
public enum OutputType {
  /** fp32, of the two kernels with fp32 activations. */
  FLOAT32(DataType.FLOAT32),
  /** Requantized int8. */
  INT8(DataType.INT8),
  /** The raw int32 accumulator with its bias. */
  INT32(DataType.INT32);

  private final DataType type;

  OutputType(DataType type) {
    this.type = type;
  }

  /** The element type of C. */
  public DataType type() {
    return type;
  }
}
