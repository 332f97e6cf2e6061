// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;
import java.util.Locale;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/** Says in which order a file holds the axes of pictures; networks take channels first. */
public enum AxisOrder {
  /** Orders samples, channels, rows, columns, as PyTorch. */
  NCHW,
  /** Orders samples, rows, columns, channels, as TensorFlow and Keras. */
  NHWC;

  /**
   * Gives the shape of an array in this order once its channels are first.
   *
   * @throws InvalidArgumentException if it has no four axes but this order names them
   */
  int[] channelsFirst(int[] shape) {
    if (this == NCHW) {
      return shape.clone();
    }
    if (shape.length != 4) {
      throw new InvalidArgumentException(
          "layout nhwc: an array of shape %s has %d axes, not 4; leave the layout out"
              .formatted(Arrays.toString(shape), shape.length));
    }
    return new int[] {shape[0], shape[3], shape[1], shape[2]};
  }

  /** Copies bytes of that array, channels first. */
  byte[] channelsFirst(byte[] bytes, int[] shape) {
    if (this == NCHW) {
      return bytes;
    }
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[target(i, shape)] = bytes[i];
    }
    return result;
  }

  /** Copies values of that array, channels first. */
  Float32Tensor channelsFirst(Float32Tensor values) {
    if (this == NCHW) {
      return values;
    }
    int[] shape = values.shape();
    Float32Tensor result = Float32Tensor.allocate(channelsFirst(shape));
    for (int i = 0; i < values.size(); i++) {
      result.set(target(i, shape), values.get(i));
    }
    return result;
  }

  /** Where element {@code i} of an array in the order NHWC goes. */
  private static int target(int i, int[] shape) {
    int channels = shape[3];
    int plane = shape[1] * shape[2];
    int pixel = i / channels;
    return (pixel / plane * channels + i % channels) * plane + pixel % plane;
  }

  /** The word for people, as {@code nhwc}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
