// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

import java.util.Optional;
import java.util.stream.IntStream;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * The definition of {@link KernelType#I8I8}, summed in an accumulator of few bits beside the exact
 * sums. Rows of C are computed in parallel; any number of threads may share an instance.
 */
public final class NarrowMatmul {
  private final WeightsI8I8 weights;
  private final Accumulator accumulator;
  private final int[][] columns;

  /** Copies the weights, with their zero points subtracted. */
  public NarrowMatmul(WeightsI8I8 weights, Accumulator accumulator) {
    this.weights = weights;
    this.accumulator = accumulator;
    this.columns = new int[weights.n()][weights.k()];
    for (int n = 0; n < columns.length; n++) {
      for (int k = 0; k < columns[n].length; k++) {
        columns[n][k] = weights.b().get(k, n) - weights.zeroB(n);
      }
    }
  }

  /** C of the exact sums, as every kernel gives it. */
  public SumCount multiplyExactly(Int8Tensor a, Tensor c) {
    return multiply(a, c, false);
  }

  /** C of what the accumulator ends with. */
  public SumCount multiplyNarrowly(Int8Tensor a, Tensor c) {
    return multiply(a, c, true);
  }

  /**
   * Writes C and counts its sums.
   *
   * @param a M x K
   * @param c M x N, overwritten
   * @throws org.fabriq.InvalidArgumentException as {@link WeightsI8I8#checkOperands}
   */
  private SumCount multiply(Int8Tensor a, Tensor c, boolean narrow) {
    weights.checkOperands(a, c);
    return IntStream.range(0, a.rows())
        .parallel()
        .mapToObj(row -> row(a, c, row, narrow))
        .reduce(SumCount.NONE, SumCount::plus);
  }

  private SumCount row(Int8Tensor a, Tensor c, int row, boolean narrow) {
    int[] values = new int[weights.k()];
    for (int k = 0; k < values.length; k++) {
      values[k] = a.get(row, k) - weights.zeroA();
    }
    long left = 0;
    long wrong = 0;
    SumRange seen = SumRange.NONE;
    for (int n = 0; n < columns.length; n++) {
      int[] column = columns[n];
      long exact = 0;
      long least = 0;
      long greatest = 0;
      for (int k = 0; k < values.length; k++) {
        exact += values[k] * column[k];
        least = Math.min(least, exact);
        greatest = Math.max(greatest, exact);
      }
      exact += weights.bias(n);
      SumRange partial = new SumRange(least, greatest).with(exact);
      long sum = exact;
      if (accumulator.excess(partial) > 0) {
        sum = narrow(values, n);
        left++;
        wrong += sum == exact ? 0 : 1;
      }
      seen = seen.with(partial);
      store((int) (narrow ? sum : exact), c, row, n);
    }
    return new SumCount(columns.length, left, wrong, seen);
  }

  private long narrow(int[] values, int n) {
    long sum = 0;
    for (int k = 0; k < values.length; k++) {
      sum = accumulator.reduce(sum + values[k] * columns[n][k]);
    }
    return accumulator.reduce(sum + weights.bias(n));
  }

  private void store(int sum, Tensor c, int row, int n) {
    Optional<Int8Output> output = weights.int8Output();
    if (output.isEmpty()) {
      ((Int32Tensor) c).set(row, n, sum);
      return;
    }
    Int8Output o = output.get();
    int code = o.multipliers().get(n).apply(sum, o.zeroPoint(), o.qmin(), o.qmax());
    ((Int8Tensor) c).set(row, n, (byte) code);
  }
}
