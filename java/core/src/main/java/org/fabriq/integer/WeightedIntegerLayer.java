// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Optional;
import org.fabriq.quant.Encoding;

/** An integer layer that multiplies by weights: what {@code matmul_i8i8} computes. */
public interface WeightedIntegerLayer extends UnaryIntegerLayer {
  /** Its weights and what becomes of the accumulators. */
  IntegerWeights weights();

  /** How many groups of outputs see inputs of their own; 1 for all see all. */
  default int groups() {
    return 1;
  }

  @Override
  default Encoding input() {
    return weights().input();
  }

  @Override
  default Optional<Encoding> outputCodes() {
    return weights().output();
  }
}
