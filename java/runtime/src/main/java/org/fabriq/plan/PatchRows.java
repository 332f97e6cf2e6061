// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.nio.ByteBuffer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Tensor;

/**
 * Lays the windows of int8 images, channels last, out as the rows of A: a row per (sample, y, x), a
 * column per (i, j, channel of the group). Padding is the zero point.
 */
final class PatchRows extends Patches {
  private static final int LEAST_BULK = 8;

  private final byte zero;
  private final boolean sideBySide;

  /**
   * @param channels of a group
   */
  PatchRows(SampleShape image, Window window, int channels, int zeroPoint) {
    super(image, window, channels);
    this.zero = (byte) zeroPoint;
    this.sideBySide = channels == image.channels() && window.dilationWidth() == 1;
  }

  @Override
  void fill(Tensor images, int group, int from, int to, Tensor a) {
    ByteBuffer in = images.memory();
    ByteBuffer out = a.memory();
    int at = 0;
    for (int row = from; row < to; row++) {
      int sample = row / rowsPerSample();
      int y = row / outputWidth % outputHeight;
      int x = row % outputWidth;
      for (int i = 0; i < window.kernelHeight(); i++) {
        fillLine(in, group, sample, window.row(y, i), window.column(x, 0), out, at);
        at += window.kernelWidth() * channels;
      }
    }
  }

  /** A line of the kernel, whose first tap is at this row and column of the image. */
  private void fillLine(
      ByteBuffer in, int group, int sample, int row, int first, ByteBuffer out, int at) {
    int taps = window.kernelWidth();
    int step = window.dilationWidth();
    boolean within = row >= 0 && row < image.height();
    int line = (sample * image.height() + row) * image.width();
    if (within && sideBySide && first >= 0 && first + taps <= image.width()) {
      copy(in, (line + first) * channels, out, at, taps * channels);
      return;
    }
    for (int j = 0; j < taps; j++) {
      int column = first + j * step;
      if (within && column >= 0 && column < image.width()) {
        int pixel = (line + column) * image.channels() + group * channels;
        copy(in, pixel, out, at + j * channels, channels);
      } else {
        pad(out, at + j * channels);
      }
    }
  }

  private static void copy(ByteBuffer in, int from, ByteBuffer out, int to, int count) {
    if (count < LEAST_BULK) {
      for (int i = 0; i < count; i++) {
        out.put(to + i, in.get(from + i));
      }
    } else {
      out.put(to, in, from, count);
    }
  }

  private void pad(ByteBuffer out, int to) {
    for (int channel = 0; channel < channels; channel++) {
      out.put(to + channel, zero);
    }
  }
}
