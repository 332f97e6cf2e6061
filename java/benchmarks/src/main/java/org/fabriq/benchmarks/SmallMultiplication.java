// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.MatmulKernel;
import org.fabriq.runtime.PreparedWeights;
import org.fabriq.runtime.StageTimes;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;

/** A multiplication of ones, M x K x N, by the int8 kernel with int32 results. */
final class SmallMultiplication {
  private final int k;
  private final MatmulKernel kernel;
  private final PreparedWeights weights;
  private final Int8Tensor a;
  private final Int32Tensor c;

  SmallMultiplication(Device device, int m, int k, int n) {
    this.k = k;
    kernel = device.matmul(KernelType.I8I8);
    weights = kernel.prepare(WeightsI8I8.raw(ones(k, n), 0, new int[n], new int[n]));
    a = ones(m, k);
    c = Int32Tensor.allocate(m, n);
  }

  /** Runs once. */
  void run(StageTimes times) {
    kernel.multiply(a, weights, c, times);
    if (c.get(0) != k || c.get(c.size() - 1) != k) {
      throw new IllegalStateException(
          "%d and %d, not %d".formatted(c.get(0), c.get(c.size() - 1), k));
    }
  }

  private static Int8Tensor ones(int rows, int columns) {
    Int8Tensor ones = Int8Tensor.allocate(rows, columns);
    for (int i = 0; i < ones.size(); i++) {
      ones.set(i, (byte) 1);
    }
    return ones;
  }
}
