// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.Optional;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The definition of the kernels, element by element, with zero points where the formulas have them:
 * slow and obvious. Every other implementation equals it bit for bit (any NaN equals any NaN).
 */
public final class ReferenceMatmul {
  private ReferenceMatmul() {}

  /**
   * C = A * B with the weights' epilogue.
   *
   * @param a M x K
   * @param c M x N, overwritten
   * @throws org.fabriq.InvalidArgumentException as {@link MatmulWeights#checkOperands}
   */
  public static void multiply(Tensor a, MatmulWeights w, Tensor c) {
    w.checkOperands(a, c);
    for (int m = 0; m < a.rows(); m++) {
      for (int n = 0; n < w.n(); n++) {
        if (w instanceof WeightsF32F32 f) {
          ((Float32Tensor) c).set(m, n, element((Float32Tensor) a, f, m, n));
        } else if (w instanceof WeightsF32I8 f) {
          ((Float32Tensor) c).set(m, n, element((Float32Tensor) a, f, m, n));
        } else if (w instanceof WeightsI8I8 i) {
          store(accumulator((Int8Tensor) a, i, m, n), i.int8Output(), c, m, n);
        } else {
          throw new IllegalArgumentException(
              "weights of %s have no definition here; add it".formatted(w.getClass().getName()));
        }
      }
    }
  }

  private static float element(Float32Tensor a, WeightsF32F32 w, int m, int n) {
    float acc = 0;
    for (int k = 0; k < w.k(); k++) {
      acc = FlushedFloat.add(acc, FlushedFloat.multiply(a.get(m, k), w.b().get(k, n)));
    }
    return FlushedFloat.add(acc, w.bias(n));
  }

  private static float element(Float32Tensor a, WeightsF32I8 w, int m, int n) {
    float acc = 0;
    for (int k = 0; k < w.k(); k++) {
      float weight = w.b().get(k, n) - w.zeroPoint(n);
      acc = FlushedFloat.add(acc, FlushedFloat.multiply(a.get(m, k), weight));
    }
    return FlushedFloat.add(FlushedFloat.multiply(acc, w.scale(n)), w.bias(n));
  }

  private static int accumulator(Int8Tensor a, WeightsI8I8 w, int m, int n) {
    long acc = w.bias(n);
    for (int k = 0; k < w.k(); k++) {
      acc += (a.get(m, k) - w.zeroA()) * (w.b().get(k, n) - w.zeroB(n));
    }
    return Math.toIntExact(acc);
  }

  private static void store(int acc, Optional<Int8Output> output, Tensor c, int m, int n) {
    if (output.isEmpty()) {
      ((Int32Tensor) c).set(m, n, acc);
      return;
    }
    Int8Output o = output.get();
    int code = o.multipliers().get(n).apply(acc, o.zeroPoint(), o.qmin(), o.qmax());
    ((Int8Tensor) c).set(m, n, (byte) code);
  }
}
