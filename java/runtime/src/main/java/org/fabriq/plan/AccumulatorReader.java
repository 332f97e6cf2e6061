// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Tensor;

/** What int32 accumulators stand for: (c - zero) * scale[n], in double, narrowed to fp32. */
final class AccumulatorReader implements OutputReader {
  private final float[] scales;
  private final int zero;
  private final int[] sums;
  private final float[] values;

  AccumulatorReader(float[] scales, int zero) {
    this.scales = scales;
    this.zero = zero;
    this.sums = new int[scales.length];
    this.values = new float[scales.length];
  }

  @Override
  public void read(Tensor in, Float32Tensor out) {
    Int32Tensor c = (Int32Tensor) in;
    for (int row = 0; row < c.rows(); row++) {
      int first = row * sums.length;
      c.ints().get(first, sums, 0, sums.length);
      for (int n = 0; n < sums.length; n++) {
        values[n] = (float) ((double) (sums[n] - zero) * scales[n]);
      }
      out.floats().put(first, values, 0, values.length);
    }
  }

  @Override
  public boolean activates() {
    return false;
  }
}
