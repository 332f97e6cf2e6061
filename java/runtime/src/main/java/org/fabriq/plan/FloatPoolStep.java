// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;

/** Pooling of values. */
final class FloatPoolStep extends PoolStep {
  private final AveragePoolLayer average;
  private final Float32Tensor in;
  private final Float32Tensor out;
  private final double[] values;

  /**
   * @param average null for the maximum
   */
  FloatPoolStep(StepPlace place, Window window, AveragePoolLayer average) {
    super(place, window);
    this.average = average;
    this.in = place.values();
    this.out = place.outputValues();
    this.values = new double[place.image().channels()];
  }

  @Override
  void clear() {
    Arrays.fill(values, average == null ? Double.NEGATIVE_INFINITY : 0);
  }

  @Override
  void take(int first) {
    for (int channel = 0; channel < values.length; channel++) {
      double value = in.get(first + channel);
      values[channel] =
          average == null ? Math.max(values[channel], value) : values[channel] + value;
    }
  }

  @Override
  void write(int first, int within) {
    int count = average != null && average.countPadding() ? average.window().taps() : within;
    for (int channel = 0; channel < values.length; channel++) {
      out.set(
          first + channel, (float) (average == null ? values[channel] : values[channel] / count));
    }
  }
}
