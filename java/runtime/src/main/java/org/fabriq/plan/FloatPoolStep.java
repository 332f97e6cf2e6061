// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;

/** Pooling of values in the host's memory, all channels of a window at once. */
final class FloatPoolStep implements Step {
  private final SampleShape image;
  private final SampleShape shape;
  private final Window window;
  private final AveragePoolLayer average;
  private final Float32Tensor in;
  private final Float32Tensor out;
  private final double[] values;

  /**
   * @param average null for the maximum
   */
  FloatPoolStep(StepPlace place, Window window, AveragePoolLayer average) {
    this.image = place.image();
    this.shape = place.shape();
    this.window = window;
    this.average = average;
    this.in = place.values();
    this.out = place.outputValues();
    this.values = new double[image.channels()];
  }

  @Override
  public void run(int samples, LayerTimes times) {
    int to = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          int within = reduce(sample, y, x);
          int count = average != null && average.countPadding() ? window.taps() : within;
          for (double value : values) {
            out.set(to++, (float) (average == null ? value : value / count));
          }
        }
      }
    }
  }

  private int reduce(int sample, int y, int x) {
    Arrays.fill(values, average == null ? Double.NEGATIVE_INFINITY : 0);
    int within = 0;
    for (int tap = 0; tap < window.taps(); tap++) {
      int row = window.row(y, tap / window.kernelWidth());
      int column = window.column(x, tap % window.kernelWidth());
      if (row >= 0 && row < image.height() && column >= 0 && column < image.width()) {
        take(((sample * image.height() + row) * image.width() + column) * values.length);
        within++;
      }
    }
    return within;
  }

  private void take(int pixel) {
    for (int channel = 0; channel < values.length; channel++) {
      double value = in.get(pixel + channel);
      values[channel] =
          average == null ? Math.max(values[channel], value) : values[channel] + value;
    }
  }
}
