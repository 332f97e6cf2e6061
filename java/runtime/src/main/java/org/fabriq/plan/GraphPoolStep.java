// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Int8Tensor;

/** Pooling in the host's memory, all channels of a window at once. */
final class GraphPoolStep implements GraphStep {
  private final SampleShape image;
  private final Window window;
  private final IntegerAveragePool average;
  private final Int8Tensor in;
  private final Int8Tensor out;
  private final int outputHeight;
  private final int outputWidth;
  private final int[] values;

  /**
   * @param average null for the maximum
   * @param in of pixels x channels, as out
   */
  GraphPoolStep(
      SampleShape image, Window window, IntegerAveragePool average, Int8Tensor in, Int8Tensor out) {
    this.image = image;
    this.window = window;
    this.average = average;
    this.in = in;
    this.out = out;
    this.outputHeight = window.outputHeight(image.height());
    this.outputWidth = window.outputWidth(image.width());
    this.values = new int[image.channels()];
  }

  @Override
  public void run(int samples) {
    int to = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (int y = 0; y < outputHeight; y++) {
        for (int x = 0; x < outputWidth; x++) {
          int within = reduce(sample, y, x);
          for (int value : values) {
            out.set(to++, (byte) (average == null ? value : average.mean(value, within)));
          }
        }
      }
    }
  }

  private int reduce(int sample, int y, int x) {
    Arrays.fill(values, average == null ? Byte.MIN_VALUE : 0);
    int within = 0;
    for (int i = 0; i < window.kernelHeight(); i++) {
      int row = window.row(y, i);
      for (int j = 0; j < window.kernelWidth(); j++) {
        int column = window.column(x, j);
        if (row >= 0 && row < image.height() && column >= 0 && column < image.width()) {
          take(((sample * image.height() + row) * image.width() + column) * values.length);
          within++;
        }
      }
    }
    return within;
  }

  private void take(int pixel) {
    for (int channel = 0; channel < values.length; channel++) {
      int code = in.get(pixel + channel);
      values[channel] = average == null ? Math.max(values[channel], code) : values[channel] + code;
    }
  }
}
