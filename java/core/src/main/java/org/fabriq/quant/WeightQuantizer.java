// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * Turns weights into codes. Implementations are immutable, deterministic, and equal by value; NaN
 * is an error that names its index.
 */
public interface WeightQuantizer {
  /**
   * The codes of these values and what they mean.
   *
   * @throws org.fabriq.InvalidArgumentException if a value is NaN, or a code takes over 8 bits
   */
  QuantizedWeights quantize(Float32Tensor values);

  /** What {@link QuantizerSpec#parseWeights} makes an equal quantizer of. */
  String name();
}
