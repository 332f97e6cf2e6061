// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cpulibraries;

import org.fabriq.kernel.FloatEpilogue;
import org.fabriq.kernel.FlushedFloat;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.tensor.Float32Tensor;

/**
 * fp32 weights as libraries take them. Scales are multiplied into B, one rounding that {@link
 * org.fabriq.kernel.SumOrderBound} covers, unless they are so large or small that a product could
 * overflow or be subnormal; then they are applied to C afterwards.
 *
 * @param b K x N
 * @param bias N values, or null where all are 0 or {@code after} adds them
 * @param after what is left to do with a row of C, or null
 */
record FloatOperands(Float32Tensor b, float[] bias, FloatEpilogue after) {
  private static final float LEAST_SCALE = 0x1p-100f;
  private static final float GREATEST_SCALE = 0x1p100f;

  static FloatOperands of(MatmulWeights weights) {
    int n = weights.n();
    boolean fold = true;
    boolean biased = false;
    float[] bias = new float[n];
    for (int i = 0; i < n; i++) {
      if (weights instanceof WeightsF32I8 w) {
        fold &= w.scale(i) >= LEAST_SCALE && w.scale(i) <= GREATEST_SCALE;
        bias[i] = w.bias(i);
      } else {
        bias[i] = ((WeightsF32F32) weights).bias(i);
      }
      biased |= bias[i] != 0;
    }
    Float32Tensor b = Float32Tensor.allocate(weights.k(), n);
    for (int k = 0; k < weights.k(); k++) {
      for (int i = 0; i < n; i++) {
        if (weights instanceof WeightsF32I8 w) {
          b.set(k, i, (w.b().get(k, i) - w.zeroPoint(i)) * (fold ? w.scale(i) : 1));
        } else {
          b.set(k, i, FlushedFloat.flush(((WeightsF32F32) weights).b().get(k, i)));
        }
      }
    }
    return new FloatOperands(
        b, biased && fold ? bias : null, fold ? null : new FloatEpilogue(weights));
  }

  /** Applies {@link #after} to every row of C. */
  void finish(Float32Tensor c) {
    if (after != null) {
      float[] row = new float[c.columns()];
      for (int m = 0; m < c.rows(); m++) {
        c.floats().get(m * row.length, row);
        after.apply(row);
        c.floats().put(m * row.length, row);
      }
    }
  }
}
