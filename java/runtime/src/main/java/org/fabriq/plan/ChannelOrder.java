// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.ByteBuffer;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Tensor;

/** Copies images between channels first (M x C x H x W) and channels last (M x H x W x C). */
final class ChannelOrder {
  private ChannelOrder() {}

  /** To channels last. */
  static void toLast(Tensor first, Tensor last, int samples, int channels, int pixels) {
    transpose(first, last, samples, channels, pixels);
  }

  /** To channels first. */
  static void toFirst(Tensor last, Tensor first, int samples, int channels, int pixels) {
    transpose(last, first, samples, pixels, channels);
  }

  /** Each sample from rows x columns to columns x rows. */
  private static void transpose(Tensor from, Tensor to, int samples, int rows, int columns) {
    int bytes = from.elementBytes();
    ByteBuffer in = from.memory();
    ByteBuffer out = to.memory();
    if (rows == 1 || columns == 1) {
      out.put(0, in, 0, samples * rows * columns * bytes);
      return;
    }
    for (int sample = 0; sample < samples; sample++) {
      int start = sample * rows * columns;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int source = start + row * columns + column;
          int target = start + column * rows + row;
          if (from.type() == DataType.INT8) {
            out.put(target, in.get(source));
          } else {
            out.putInt(4 * target, in.getInt(4 * source));
          }
        }
      }
    }
  }
}
