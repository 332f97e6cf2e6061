// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.Arrays;
import org.fabriq.tensor.Float32Tensor;

/**
 * The fp32 kernels, a row of C at a time, k in ascending order. Plain Java arithmetic flushes no
 * subnormals, so a row of A takes the fast path only if none can arise ({@link NormalSums}).
 * Padding K with zeros is exact there: a sum that began at +0 and was never flushed is not -0.
 * Other rows take {@link FlushedFloat}, operation by operation.
 */
final class FloatRows {
  private final float[][] b;
  private final int k;
  private final int n;
  private final FloatEpilogue epilogue;
  private final NormalSums normal;
  private final ThreadLocal<Scratch> scratch;

  /** A thread's rows of A (padded to a multiple of 4) and of C. */
  private record Scratch(float[] a, float[] c) {}

  FloatRows(MatmulWeights weights) {
    k = weights.k();
    n = weights.n();
    b = new float[(k + 3) / 4 * 4][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        b[j][i] =
            weights instanceof WeightsF32I8 w
                ? w.b().get(j, i) - w.zeroPoint(i)
                : FlushedFloat.flush(((WeightsF32F32) weights).b().get(j, i));
      }
    }
    epilogue = new FloatEpilogue(weights);
    normal = NormalSums.of(weights);
    scratch = ThreadLocal.withInitial(() -> new Scratch(new float[b.length], new float[n]));
  }

  void multiply(Float32Tensor a, Float32Tensor c) {
    Scratch row = scratch.get();
    for (int m = 0; m < a.rows(); m++) {
      a.floats().get(m * k, row.a, 0, k);
      if (normal.hold(row.a, 0, k)) {
        multiplyNormal(row.a, row.c);
      } else {
        multiplyFlushed(row.a, row.c);
      }
      c.floats().put(m * n, row.c, 0, n);
    }
  }

  private void multiplyNormal(float[] a, float[] c) {
    Arrays.fill(c, 0f);
    for (int i = 0; i < a.length; i += 4) {
      addProducts(c, a[i], a[i + 1], a[i + 2], a[i + 3], b[i], b[i + 1], b[i + 2], b[i + 3]);
    }
    epilogue.apply(c);
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

  private void multiplyFlushed(float[] a, float[] c) {
    Arrays.fill(c, 0f);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        c[j] = FlushedFloat.add(c[j], FlushedFloat.multiply(a[i], b[i][j]));
      }
    }
    epilogue.applyFlushed(c);
  }
}
