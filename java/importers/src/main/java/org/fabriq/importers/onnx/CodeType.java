// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** How codes of activations are written. */
enum CodeType {
  /** As they are. */
  INT8(DataType.INT8, 0),
  /** The code + 128, which ONNX Runtime multiplies several times faster on x86. */
  UINT8(DataType.UINT8, -Byte.MIN_VALUE);

  private final DataType element;
  private final int added;

  CodeType(DataType element, int added) {
    this.element = element;
    this.added = added;
  }

  /** The type of the elements. */
  DataType element() {
    return element;
  }

  /** A code from -128 to 127 as it is written. */
  byte of(int code) {
    return (byte) (code + added);
  }
}
