// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.tensorflow.lite.schema.TensorType;

/** Drafts a model with tensors of random values, in int8 or in fp32. */
final class Draft {

  /** The deviation of codes that are uniform over int8. */
  private static final double CODE_DEVIATION = 74;

  final ModelWriter writer = new ModelWriter();
  final boolean int8;
  final SplittableRandom random;

  Draft(boolean int8, SplittableRandom random) {
    this.int8 = int8;
    this.random = random;
  }

  /** A tensor that flows; with codes of a random scale and zero point. */
  int value(int... shape) {
    return value((float) random.nextDouble(0.01, 0.1), random.nextInt(-30, 31), shape);
  }

  /** One of these codes. */
  int value(float scale, long zeroPoint, int... shape) {
    return int8
        ? writer.tensor(
            TensorType.INT8, shape, new float[] {scale}, new long[] {zeroPoint}, 0, null)
        : writer.tensor(TensorType.FLOAT32, shape, new float[0], new long[0], 0, null);
  }

  /** One of the codes of another one. */
  int like(int other, int... shape) {
    TfliteTensor tensor = writer.tensor(other);
    return int8 ? value(tensor.scales()[0], tensor.zeroPoints()[0], shape) : value(shape);
  }

  /** One that holds what a layer with weights gives, so that few of its codes saturate. */
  int result(int input, int weight, int taps, int... shape) {
    if (!int8) {
      return value(shape);
    }
    float[] scales = writer.tensor(weight).scales();
    double deviation =
        writer.tensor(input).scales()[0]
            * scales[0]
            * CODE_DEVIATION
            * CODE_DEVIATION
            * Math.sqrt(taps);
    return value((float) (deviation / 40), random.nextInt(-30, 31), shape);
  }

  /** Weights, per tensor, or per index of an axis from 0 on. */
  int weights(int axis, int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    if (!int8) {
      return floats(size, 0.3, shape);
    }
    byte[] codes = new byte[size];
    random.nextBytes(codes);
    for (int i = 0; i < size; i++) {
      codes[i] = (byte) Math.max(-127, codes[i]);
    }
    float[] scales = new float[axis < 0 ? 1 : shape[axis]];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (float) random.nextDouble(0.004, 0.006);
    }
    return writer.tensor(
        TensorType.INT8, shape, scales, new long[scales.length], Math.max(0, axis), codes);
  }

  /** Biases of a layer. */
  int bias(int input, int weight, int count) {
    if (!int8) {
      return floats(count, 0.5, count);
    }
    int[] codes = random.ints(count, -5000, 5001).toArray();
    float[] scales = writer.tensor(weight).scales().clone();
    for (int i = 0; i < scales.length; i++) {
      scales[i] *= writer.tensor(input).scales()[0];
    }
    return writer.tensor(
        TensorType.INT32, new int[] {count}, scales, new long[scales.length], 0, bytes(codes));
  }

  private int floats(int size, double deviation, int... shape) {
    ByteBuffer data = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      data.putFloat((float) random.nextDouble(-deviation, deviation));
    }
    return writer.tensor(TensorType.FLOAT32, shape, new float[0], new long[0], 0, data.array());
  }

  /** A constant of random codes or values. */
  int constant(float scale, long zeroPoint, int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    if (!int8) {
      return floats(size, 1, shape);
    }
    byte[] codes = new byte[size];
    random.nextBytes(codes);
    return writer.tensor(
        TensorType.INT8, shape, new float[] {scale}, new long[] {zeroPoint}, 0, codes);
  }

  /** Integers as a constant. */
  int integers(int[] values, int... shape) {
    return writer.tensor(TensorType.INT32, shape, new float[0], new long[0], 0, bytes(values));
  }

  private static byte[] bytes(int[] values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(data::putInt);
    return data.array();
  }

  /** Operands. */
  static int[] of(int... tensors) {
    return tensors;
  }

  /** The file. */
  byte[] bytes(int input, int output) {
    return writer.bytes(new int[] {input}, output);
  }
}
