// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import org.fabriq.kernel.FloatEpilogue;
import org.fabriq.kernel.FlushedFloat;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.NormalSums;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.runtime.CpuArithmetic.Product;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * fp32 x fp32 and fp32 x int8, not fused, so bit for bit the definition's. Rows that could meet a
 * subnormal go through {@link JavaMatmul}.
 */
final class VectorFloatMatmul implements Product {
  private static final int ROWS = 4;

  private final Panels panels;
  private final int k;
  private final FloatEpilogue epilogue;
  private final NormalSums normal;
  private final JavaMatmul careful;
  private final ThreadLocal<Scratch> scratch;

  private record Scratch(float[] a, float[] c, float[] row) {}

  VectorFloatMatmul(MatmulWeights weights) {
    k = weights.k();
    panels = new Panels(k, weights.n(), (i, n) -> element(weights, i, n));
    epilogue = new FloatEpilogue(weights);
    normal = NormalSums.of(weights);
    careful = new JavaMatmul(weights);
    scratch =
        ThreadLocal.withInitial(
            () ->
                new Scratch(
                    new float[ROWS * k],
                    new float[ROWS * panels.paddedColumns()],
                    new float[weights.n()]));
  }

  private static float element(MatmulWeights weights, int k, int n) {
    return weights instanceof WeightsF32I8 w
        ? w.b().get(k, n) - w.zeroPoint(n)
        : FlushedFloat.flush(((WeightsF32F32) weights).b().get(k, n));
  }

  @Override
  public void multiply(Tensor a, Tensor c) {
    Scratch own = scratch.get();
    Float32Tensor left = (Float32Tensor) a;
    Float32Tensor result = (Float32Tensor) c;
    int n = panels.columns();
    for (int m = 0; m < a.rows(); m += ROWS) {
      int rows = Math.min(ROWS, a.rows() - m);
      left.floats().get(m * k, own.a, 0, rows * k);
      if (!normal.hold(own.a, 0, rows * k)) {
        careful.multiply(a.rows(m, m + rows), c.rows(m, m + rows));
        continue;
      }
      panels.multiply(rows, own.a, 0, k, own.c, false);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(own.c, r * panels.paddedColumns(), own.row, 0, n);
        epilogue.apply(own.row);
        result.floats().put((m + r) * n, own.row, 0, n);
      }
    }
  }
}
