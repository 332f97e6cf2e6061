// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The int8 kernel, a row of C at a time: acc = sum of A * (B - zeroB), plus a bias into which -
 * zeroA * sum(B - zeroB) is folded. All modulo 2^32, which is exact because the final accumulator
 * fits int32.
 */
final class IntRows {
  private final int[][] b;
  private final int[] bias;
  private final int k;
  private final int n;
  private final ThreadLocal<Scratch> scratch;

  /** A thread's rows: of A (padded to a multiple of 4), accumulators; null where C is int32. */
  private record Scratch(byte[] a, int[] acc, RowRequantizer requantizer) {}

  IntRows(WeightsI8I8 weights) {
    this.k = weights.k();
    this.n = weights.n();
    this.b = new int[(k + 3) / 4 * 4][n];
    this.bias = new int[n];
    for (int i = 0; i < n; i++) {
      bias[i] = weights.bias(i);
      for (int j = 0; j < k; j++) {
        b[j][i] = weights.b().get(j, i) - weights.zeroB(i);
        bias[i] -= weights.zeroA() * b[j][i];
      }
    }
    this.scratch =
        ThreadLocal.withInitial(
            () ->
                new Scratch(
                    new byte[b.length],
                    new int[n],
                    weights.int8Output().map(RowRequantizer::new).orElse(null)));
  }

  void multiply(Int8Tensor a, Tensor c) {
    Scratch row = scratch.get();
    for (int m = 0; m < a.rows(); m++) {
      a.memory().get(m * k, row.a, 0, k);
      accumulate(row.a, row.acc);
      if (row.requantizer == null) {
        ((Int32Tensor) c).ints().put(m * n, row.acc, 0, n);
      } else {
        c.memory().put(m * n, row.requantizer.apply(row.acc), 0, n);
      }
    }
  }

  private void accumulate(byte[] a, int[] acc) {
    System.arraycopy(bias, 0, acc, 0, n);
    for (int i = 0; i < a.length; i += 4) {
      addProducts(acc, a[i], a[i + 1], a[i + 2], a[i + 3], b[i], b[i + 1], b[i + 2], b[i + 3]);
    }
  }

  private static void addProducts(
      int[] acc, int a0, int a1, int a2, int a3, int[] b0, int[] b1, int[] b2, int[] b3) {
    for (int n = 0; n < acc.length; n++) {
      acc[n] += a0 * b0[n] + a1 * b1[n] + a2 * b2[n] + a3 * b3[n];
    }
  }
}
