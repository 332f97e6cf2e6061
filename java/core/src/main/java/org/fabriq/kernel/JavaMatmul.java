// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Fast portable Java for one set of weights, equal to {@link ReferenceMatmul} bit for bit: the
 * inner loop runs over the columns of C, four k per pass, and is one the JIT compiler vectorizes.
 *
 * <p>Preparing copies B into arrays; a multiplication then allocates nothing once a thread has made
 * its first one. Any number of threads may share an instance.
 */
public final class JavaMatmul {
  private final MatmulWeights weights;
  private final FloatRows floats;
  private final IntRows ints;

  /** Prepares weights, which stay referenced. */
  public JavaMatmul(MatmulWeights weights) {
    this.weights = weights;
    this.floats = weights instanceof WeightsI8I8 ? null : new FloatRows(weights);
    this.ints = weights instanceof WeightsI8I8 w ? new IntRows(w) : null;
  }

  /** The weights it was prepared for. */
  public MatmulWeights weights() {
    return weights;
  }

  /**
   * C = A * B with the weights' epilogue.
   *
   * @param a M x K
   * @param c M x N, overwritten
   * @throws org.fabriq.InvalidArgumentException as {@link MatmulWeights#checkOperands}
   */
  public void multiply(Tensor a, Tensor c) {
    weights.checkOperands(a, c);
    if (ints != null) {
      ints.multiply((Int8Tensor) a, c);
    } else {
      floats.multiply((Float32Tensor) a, (Float32Tensor) c);
    }
  }
}
