// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Makes C of {@link KernelType#I8I8} out of plain products, for libraries that compute sum a * b
 * modulo 2^32 and know no zero points: acc = sum a * b - zeroB * sum a + folded bias, then the
 * exact requantization.
 *
 * <p>A finish allocates nothing once a thread has made its first one. Any number of threads may
 * share an instance.
 */
public final class IntegerEpilogue {
  private final int[] bias;
  private final int[] zeroB;
  private final boolean needsRowSums;
  private final ThreadLocal<Scratch> scratch;

  /** A thread's accumulators; null where C is int32. */
  private record Scratch(int[] acc, RowRequantizer requantizer) {}

  /** For one set of weights. */
  public IntegerEpilogue(WeightsI8I8 weights) {
    int n = weights.n();
    bias = new int[n];
    zeroB = new int[n];
    boolean zeros = true;
    for (int i = 0; i < n; i++) {
      bias[i] = weights.columns().getInt(16 * i);
      zeroB[i] = weights.zeroB(i);
      zeros &= zeroB[i] == 0;
    }
    needsRowSums = !zeros;
    scratch =
        ThreadLocal.withInitial(
            () ->
                new Scratch(
                    new int[n], weights.int8Output().map(RowRequantizer::new).orElse(null)));
  }

  /**
   * Writes C.
   *
   * @param a M x K, the activations
   * @param products M x N, sum a * b modulo 2^32; may be C itself
   * @param c M x N, int8 or int32
   */
  public void finish(Int8Tensor a, Int32Tensor products, Tensor c) {
    Scratch row = scratch.get();
    int n = bias.length;
    for (int m = 0; m < a.rows(); m++) {
      products.ints().get(m * n, row.acc, 0, n);
      finish(a, m, row.acc, row.requantizer, c);
    }
  }

  /**
   * Writes a row of C.
   *
   * @param m the row
   * @param sums N values, sum a * b modulo 2^32; overwritten
   */
  public void finishRow(Int8Tensor a, int m, int[] sums, Tensor c) {
    finish(a, m, sums, scratch.get().requantizer, c);
  }

  private void finish(Int8Tensor a, int m, int[] acc, RowRequantizer requantizer, Tensor c) {
    int n = bias.length;
    if (needsRowSums) {
      subtract(acc, zeroB, rowSum(a, m));
    }
    add(acc, bias);
    if (requantizer == null) {
      ((Int32Tensor) c).ints().put(m * n, acc, 0, n);
    } else {
      c.memory().put(m * n, requantizer.apply(acc), 0, n);
    }
  }

  private static int rowSum(Int8Tensor a, int row) {
    int sum = 0;
    int k = a.columns();
    for (int i = row * k; i < (row + 1) * k; i++) {
      sum += a.memory().get(i);
    }
    return sum;
  }

  private static void subtract(int[] acc, int[] zeroB, int rowSum) {
    for (int i = 0; i < acc.length; i++) {
      acc[i] -= zeroB[i] * rowSum;
    }
  }

  private static void add(int[] acc, int[] bias) {
    for (int i = 0; i < acc.length; i++) {
      acc[i] += bias[i];
    }
  }
}
