// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Symmetric quantization: S = max|x| / (2^(bits-1) - 1), evaluated in double and narrowed to fp32,
 * Z = 0, signed codes. Values that are all 0 give S = 1.
 *
 * @param bits 2 to 16
 */
public record SymmetricQuantizer(int bits) implements Quantizer {
  /**
   * @throws InvalidArgumentException if bits is out of range
   */
  public SymmetricQuantizer {
    Encoding.checkBits(bits);
    if (bits == 1) {
      throw new InvalidArgumentException(
          "1 bit, symmetric, has no code above 0; use at least 2 bits, or an affine encoding");
    }
  }

  @Override
  public Encoding fit(Float32Tensor values) {
    ValueRange range = ValueRange.of(values);
    float scale = ValueRange.scale(Math.max(-range.min(), range.max()), (1 << (bits - 1)) - 1);
    return Encoding.perTensor(bits, true, scale, 0);
  }

  @Override
  public String name() {
    return "symmetric:" + bits;
  }
}
