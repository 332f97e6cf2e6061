// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tensorflow.lite.schema.TensorType;

/**
 * A tensor of a TensorFlow Lite file, images as N x H x W x C. The arrays are its own; leave them
 * alone.
 *
 * @param index its place in the file
 * @param type one of {@link TensorType}
 * @param shape 0 to {@value org.fabriq.tensor.Tensor#MAX_RANK} dimensions, each at least 1
 * @param scales of its codes, one or one per index of {@code axis}; empty without codes
 * @param zeroPoints as many as scales
 * @param axis the dimension that several scales belong to
 * @param data the bytes of a constant, little endian; null for what operators make
 * @param unusual what else it is that no importer reads, as {@code sparse}; empty for nothing
 */
record TfliteTensor(
    int index,
    String name,
    int type,
    int[] shape,
    float[] scales,
    long[] zeroPoints,
    int axis,
    ByteBuffer data,
    String unusual) {
  /** Whether the file holds its values. */
  boolean isConstant() {
    return data != null;
  }

  /** Whether its values are fp32. */
  boolean isFloat() {
    return type == TensorType.FLOAT32;
  }

  /** The number of dimensions. */
  int rank() {
    return shape.length;
  }

  /** The number of its values. */
  long size() {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }

  /** The word of its type, as {@code INT8}. */
  String typeName() {
    return type >= 0 && type < TensorType.names.length ? TensorType.name(type) : "type " + type;
  }

  /** As {@code tensor 7 (model/conv) of INT8 [1, 25, 5, 64]}. */
  @Override
  public String toString() {
    return "tensor %d (%s) of %s %s".formatted(index, name, typeName(), Arrays.toString(shape));
  }
}
