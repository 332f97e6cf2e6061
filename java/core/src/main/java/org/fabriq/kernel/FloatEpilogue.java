// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

/**
 * Makes a row of C out of fp32 sums: the sum, times the scale of fp32 x int8, plus the bias.
 * Subnormals are not flushed here; where none can arise ({@link NormalSums}) the result is the
 * contract's, bit for bit. Any number of threads may share an instance.
 */
public final class FloatEpilogue {
  private final float[] scale;
  private final float[] bias;

  /** For fp32 x fp32 or fp32 x int8 weights. */
  public FloatEpilogue(MatmulWeights weights) {
    int n = weights.n();
    scale = weights instanceof WeightsF32I8 ? new float[n] : null;
    bias = new float[n];
    for (int i = 0; i < n; i++) {
      if (weights instanceof WeightsF32I8 w) {
        scale[i] = FlushedFloat.flush(w.scale(i));
        bias[i] = FlushedFloat.flush(w.bias(i));
      } else {
        bias[i] = FlushedFloat.flush(((WeightsF32F32) weights).bias(i));
      }
    }
  }

  /** Turns N sums into N elements of C. */
  public void apply(float[] row) {
    if (scale == null) {
      add(row, bias);
    } else {
      scaleAndAdd(row, scale, bias);
    }
  }

  /** As the contract has it, every operation flushed. */
  void applyFlushed(float[] row) {
    for (int n = 0; n < bias.length; n++) {
      float sum = scale == null ? row[n] : FlushedFloat.multiply(row[n], scale[n]);
      row[n] = FlushedFloat.add(sum, bias[n]);
    }
  }

  private static void add(float[] c, float[] bias) {
    for (int n = 0; n < c.length; n++) {
      c[n] += bias[n];
    }
  }

  private static void scaleAndAdd(float[] c, float[] scale, float[] bias) {
    for (int n = 0; n < c.length; n++) {
      c[n] = c[n] * scale[n] + bias[n];
    }
  }
}
