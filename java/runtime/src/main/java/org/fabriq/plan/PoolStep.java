// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Int8Tensor;

/** Pooling of codes in the host's memory, all channels of a window at once. */
final class PoolStep implements Step {
  private final SampleShape image;
  private final SampleShape shape;
  private final Window window;
  private final IntegerAveragePool average;
  private final Int8Tensor in;
  private final Int8Tensor out;
  private final int[] values;

  /**
   * @param average null for the maximum
   */
  PoolStep(StepPlace place, Window window, IntegerAveragePool average) {
    this.image = place.image();
    this.shape = place.shape();
    this.window = window;
    this.average = average;
    this.in = place.codes();
    this.out = place.outputCodes();
    this.values = new int[image.channels()];
  }

  @Override
  public void run(int samples, LayerTimes times) {
    int to = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
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
