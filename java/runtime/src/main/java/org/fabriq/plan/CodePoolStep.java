// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.Arrays;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.model.Window;
import org.fabriq.tensor.Int8Tensor;

/** Pooling of codes. */
final class CodePoolStep extends PoolStep {
  private final IntegerAveragePool average;
  private final Int8Tensor in;
  private final Int8Tensor out;
  private final int[] values;

  /**
   * @param average null for the maximum
   */
  CodePoolStep(StepPlace place, Window window, IntegerAveragePool average) {
    super(place, window);
    this.average = average;
    this.in = place.codes();
    this.out = place.outputCodes();
    this.values = new int[place.image().channels()];
  }

  @Override
  void clear() {
    Arrays.fill(values, average == null ? Byte.MIN_VALUE : 0);
  }

  @Override
  void take(int first) {
    for (int channel = 0; channel < values.length; channel++) {
      int code = in.get(first + channel);
      values[channel] = average == null ? Math.max(values[channel], code) : values[channel] + code;
    }
  }

  @Override
  void write(int first, int within) {
    for (int channel = 0; channel < values.length; channel++) {
      int value = values[channel];
      out.set(first + channel, (byte) (average == null ? value : average.mean(value, within)));
    }
  }
}
