// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fabriq.tensor.Tensor;

/**
 * An operand of an ONNX operator, or a result.
 *
 * @param bytes dense, row-major, little-endian, direct
 */
record OnnxArray(OnnxJavaType type, long[] shape, ByteBuffer bytes) {
  /** The same memory as a tensor. */
  static OnnxArray of(Tensor tensor) {
    OnnxJavaType type =
        switch (tensor.type()) {
          case FLOAT32 -> OnnxJavaType.FLOAT;
          case INT8 -> OnnxJavaType.INT8;
          case INT32 -> OnnxJavaType.INT32;
        };
    long[] shape = new long[tensor.rank()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.dimension(i);
    }
    return new OnnxArray(type, shape, tensor.memory());
  }

  /** int8 codes as the uint8 codes that stand for the same, 128 greater. */
  OnnxArray unsigned() {
    ByteBuffer flipped = ByteBuffer.allocateDirect(bytes.limit());
    for (int i = 0; i < bytes.limit(); i++) {
      flipped.put(i, (byte) (bytes.get(i) ^ 0x80));
    }
    return new OnnxArray(OnnxJavaType.UINT8, shape, flipped);
  }

  /** A scalar for a single value, a vector otherwise. */
  static OnnxArray floats(float... values) {
    ByteBuffer bytes = allocate(values.length * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return new OnnxArray(OnnxJavaType.FLOAT, shape(values.length), bytes.flip());
  }

  /** int8 values; a scalar for a single one. */
  static OnnxArray codes(int... values) {
    ByteBuffer bytes = allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return new OnnxArray(OnnxJavaType.INT8, shape(values.length), bytes.flip());
  }

  /** int32 values, a vector. */
  static OnnxArray ints(int... values) {
    ByteBuffer bytes = allocate(values.length * Integer.BYTES);
    for (int value : values) {
      bytes.putInt(value);
    }
    return new OnnxArray(OnnxJavaType.INT32, new long[] {values.length}, bytes.flip());
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long[] shape(int length) {
    return length == 1 ? new long[0] : new long[] {length};
  }

  /** The number of elements. */
  int size() {
    return bytes.limit() / type.size;
  }

  /** An element of integers, by its own signedness. */
  int get(int i) {
    return switch (type) {
      case UINT8 -> bytes.get(i) & 0xff;
      case INT8 -> bytes.get(i);
      case INT32 -> bytes.getInt(4 * i);
      default -> throw new IllegalStateException("no integers in " + type);
    };
  }

  /** An element of fp32. */
  float getFloat(int i) {
    return bytes.getFloat(4 * i);
  }
}
