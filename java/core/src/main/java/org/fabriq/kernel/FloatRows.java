// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.Arrays;
import org.fabriq.tensor.Float32Tensor;

/**
 * The fp32 kernels, a row of C at a time, k in ascending order.
 *
 * <p>Plain Java arithmetic flushes no subnormals, so a row of A takes the fast path only if none
 * can arise. Let every nonzero |a| * |b| be at least T, a and b normal. A product rounds to a
 * multiple of its own ulp, hence of u, the ulp of the least product, and u > 2^-24 T. Sums of
 * multiples of u are multiples of u, and rounding keeps them so. Hence nonzero sums are at least u.
 *
 * <ul>
 *   <li>f32f32: T >= 2^-102 gives u >= 2^-125: no subnormal.
 *   <li>f32i8 also needs T >= 2^-102 / scale: then |acc * scale| > 2^-126.
 *   <li>A bias of 0 changes nothing. One of at least 2^-102 cannot cancel less than 2^-103 to below
 *       2^-103; and with values of at least 2^-103 its sum is a multiple of 2^-126.
 * </ul>
 *
 * <p>Padding K with zeros is exact there: a sum that began at +0 and was never flushed is not -0.
 * Other rows take {@link FlushedFloat}, operation by operation.
 */
final class FloatRows {
  private static final float LEAST_BIAS = 0x1p-102f;

  private final float[][] b;
  private final float[] scale;
  private final float[] bias;
  private final int k;
  private final int n;
  private final int leastBits;
  private final ThreadLocal<Scratch> scratch;

  /** A thread's rows of A (padded to a multiple of 4) and of C. */
  private record Scratch(float[] a, float[] c) {}

  private FloatRows(float[][] b, int k, float[] scale, float[] bias) {
    this.b = b;
    this.k = k;
    this.n = bias.length;
    this.scale = scale;
    this.bias = bias;
    this.leastBits = Float.floatToIntBits(leastActivation());
    this.scratch =
        ThreadLocal.withInitial(() -> new Scratch(new float[b.length], new float[bias.length]));
  }

  static FloatRows of(MatmulWeights weights) {
    int n = weights.n();
    float[][] b = new float[(weights.k() + 3) / 4 * 4][n];
    float[] bias = new float[n];
    float[] scale = weights instanceof WeightsF32I8 ? new float[n] : null;
    for (int i = 0; i < n; i++) {
      if (weights instanceof WeightsF32I8 w) {
        scale[i] = FlushedFloat.flush(w.scale(i));
        bias[i] = FlushedFloat.flush(w.bias(i));
        for (int k = 0; k < w.k(); k++) {
          b[k][i] = w.b().get(k, i) - w.zeroPoint(i);
        }
      } else if (weights instanceof WeightsF32F32 w) {
        bias[i] = FlushedFloat.flush(w.bias(i));
        for (int k = 0; k < w.k(); k++) {
          b[k][i] = FlushedFloat.flush(w.b().get(k, i));
        }
      }
    }
    return new FloatRows(b, weights.k(), scale, bias);
  }

  /** The least nonzero |a| of the fast path; infinity where there is none. */
  private float leastActivation() {
    if (leastNonzero(bias) < LEAST_BIAS) {
      return Float.POSITIVE_INFINITY;
    }
    double leastScale = scale == null ? 1 : Math.min(1, leastNonzero(scale));
    double leastProduct = 0x1p-102 / leastScale;
    float leastB = Float.POSITIVE_INFINITY;
    for (float[] row : b) {
      leastB = Math.min(leastB, leastNonzero(row));
    }
    return Math.max(Float.MIN_NORMAL, Math.nextUp((float) (leastProduct / leastB)));
  }

  private static float leastNonzero(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    for (float value : values) {
      least = value == 0 || Float.isNaN(value) ? least : Math.min(least, Math.abs(value));
    }
    return least;
  }

  void multiply(Float32Tensor a, Float32Tensor c) {
    Scratch row = scratch.get();
    for (int m = 0; m < a.rows(); m++) {
      a.floats().get(m * k, row.a, 0, k);
      if (staysNormal(row.a)) {
        multiplyNormal(row.a, row.c);
      } else {
        multiplyFlushed(row.a, row.c);
      }
      c.floats().put(m * n, row.c, 0, n);
    }
  }

  /** Whether every element is 0 or at least the limit; unsigned, the bits of 0 less 1 are most. */
  private boolean staysNormal(float[] a) {
    for (float value : a) {
      int magnitude = Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
      if (Integer.compareUnsigned(magnitude - 1, leastBits - 1) < 0) {
        return false;
      }
    }
    return true;
  }

  private void multiplyNormal(float[] a, float[] c) {
    Arrays.fill(c, 0f);
    for (int i = 0; i < a.length; i += 4) {
      addProducts(c, a[i], a[i + 1], a[i + 2], a[i + 3], b[i], b[i + 1], b[i + 2], b[i + 3]);
    }
    if (scale == null) {
      addBias(c, bias);
    } else {
      scaleAndAddBias(c, scale, bias);
    }
  }

  private static void addProducts(
      float[] c,
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3) {
    for (int n = 0; n < c.length; n++) {
      c[n] = c[n] + a0 * b0[n] + a1 * b1[n] + a2 * b2[n] + a3 * b3[n];
    }
  }

  private static void addBias(float[] c, float[] bias) {
    for (int n = 0; n < c.length; n++) {
      c[n] += bias[n];
    }
  }

  private static void scaleAndAddBias(float[] c, float[] scale, float[] bias) {
    for (int n = 0; n < c.length; n++) {
      c[n] = c[n] * scale[n] + bias[n];
    }
  }

  private void multiplyFlushed(float[] a, float[] c) {
    Arrays.fill(c, 0f);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        c[j] = FlushedFloat.add(c[j], FlushedFloat.multiply(a[i], b[i][j]));
      }
    }
    for (int j = 0; j < n; j++) {
      float acc = scale == null ? c[j] : FlushedFloat.multiply(c[j], scale[j]);
      c[j] = FlushedFloat.add(acc, bias[j]);
    }
  }
}
