// SPDX-License-Identifier: Apache-2.0
package org.fabriq.vector;

import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.runtime.CpuArithmetic;

/** The Vector API, opened. */
final class VectorArithmetic implements CpuArithmetic {
  @Override
  public String description() {
    return "Vector API of Java %s, %d-bit vectors, 1 thread"
        .formatted(Runtime.version(), Panels.SPECIES.vectorBitSize());
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Product prepare(MatmulWeights weights) {
    return weights instanceof WeightsI8I8 integer
        ? new VectorIntMatmul(integer)
        : new VectorFloatMatmul(weights);
  }
}
