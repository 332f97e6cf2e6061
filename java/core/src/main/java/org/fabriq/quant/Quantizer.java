// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * Chooses an encoding for values. Implementations are immutable, deterministic, and equal by value.
 *
 * <p>NaN is an error that names its index. Infinities take no part in the choice; they saturate.
 * Tensors that are constant, all zero or of one element have defined results, and 0 always has a
 * code that stands for exactly 0.
 */
public interface Quantizer extends WeightQuantizer {
  /** A new observer, for values that come in batches. */
  EncodingObserver observer();

  /**
   * The encoding for these values.
   *
   * @throws org.fabriq.InvalidArgumentException if a value is NaN
   */
  default Encoding fit(Float32Tensor values) {
    EncodingObserver observer = observer();
    observer.observe(values);
    return observer.encoding();
  }

  /** Codes of the values in the encoding that fits them; it must be of at most 8 bits. */
  @Override
  default QuantizedTensor quantize(Float32Tensor values) {
    Encoding encoding = fit(values);
    return new QuantizedTensor(encoding.quantize(values), encoding);
  }
}
