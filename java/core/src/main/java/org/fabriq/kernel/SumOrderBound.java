// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * How far fp32 results may lie from the definition when sums are taken in another order, fused, or
 * with subnormals kept; int8 results must be the definition's.
 *
 * <p>A sum of K products, in any order and with fused steps or without, is off by at most gamma_K *
 * sum |a b|, gamma_K = K u / (1 - K u), u = 2^-24 (Higham, <i>Accuracy and Stability of Numerical
 * Algorithms</i>, 2nd edition, section 3.1). Scale and bias are two more roundings. The definition
 * and the result may be off in opposite directions, so the bound is
 *
 * <pre>
 *   2 gamma_(K+2) (scale * sum |a b| + |bias|) + scale * sum over subnormal operands |a b|
 *     + (4 K + 4) 2^-126 max(1, scale)
 * </pre>
 *
 * <p>where the last two terms are what flushing can change. Products that are NaN or infinite make
 * the same NaN or infinity in any order. Where the magnitudes' sum overflows, partial sums may or
 * may not, and where a subnormal meets an infinity flushing decides: any result is then accepted.
 */
public final class SumOrderBound {
  private static final double UNIT_ROUNDOFF = 0x1p-24;
  private static final double TINIEST_NORMAL = 0x1p-126;

  private SumOrderBound() {}

  /**
   * The number of elements of a result that are outside the bound.
   *
   * @param expected C of {@link ReferenceMatmul}
   * @param actual the same product, computed otherwise
   */
  public static int violations(Tensor a, MatmulWeights w, Tensor expected, Tensor actual) {
    if (w instanceof WeightsI8I8) {
      return actual.mismatches(expected);
    }
    Float32Tensor reference = (Float32Tensor) expected;
    Float32Tensor result = (Float32Tensor) actual;
    int violations = 0;
    for (int m = 0; m < a.rows(); m++) {
      for (int n = 0; n < w.n(); n++) {
        Column column = new Column(w, n);
        column.add((Float32Tensor) a, m);
        violations += column.accepts(reference.get(m, n), result.get(m, n)) ? 0 : 1;
      }
    }
    return violations;
  }

  /** The magnitudes of one element of C. */
  private static final class Column {
    private final MatmulWeights weights;
    private final int n;
    private final double scale;
    private final double bias;
    private double magnitude;
    private double subnormal;
    private boolean settled = true;
    private boolean finite = true;

    Column(MatmulWeights weights, int n) {
      this.weights = weights;
      this.n = n;
      this.scale = weights instanceof WeightsF32I8 w ? w.scale(n) : 1;
      this.bias =
          Math.abs(
              weights instanceof WeightsF32I8 w ? w.bias(n) : ((WeightsF32F32) weights).bias(n));
    }

    void add(Float32Tensor a, int m) {
      for (int k = 0; k < weights.k(); k++) {
        float left = a.get(m, k);
        float right =
            weights instanceof WeightsF32I8 w
                ? w.b().get(k, n) - w.zeroPoint(n)
                : ((WeightsF32F32) weights).b().get(k, n);
        double product = Math.abs((double) left * right);
        double flushed = Math.abs((double) FlushedFloat.flush(left) * FlushedFloat.flush(right));
        if (product <= Double.MAX_VALUE && flushed <= Double.MAX_VALUE) {
          magnitude += product;
          subnormal += product - flushed;
        } else {
          finite = false;
          settled &= Double.compare(product, flushed) == 0;
        }
      }
    }

    boolean accepts(float expected, float actual) {
      double gamma = (weights.k() + 2) * UNIT_ROUNDOFF / (1 - (weights.k() + 2) * UNIT_ROUNDOFF);
      double largest = (1 + gamma) * Math.max(1, scale) * magnitude + bias;
      if (!settled || largest > Float.MAX_VALUE) {
        return true;
      }
      if (!finite) {
        return Float.compare(expected, actual) == 0;
      }
      double bound =
          2 * gamma * (scale * magnitude + bias)
              + scale * subnormal
              + (4 * weights.k() + 4) * TINIEST_NORMAL * Math.max(1, scale);
      return Math.abs((double) expected - actual) <= bound;
    }
  }
}
