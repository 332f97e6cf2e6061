// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * Symmetric quantization: S = max|x| / (2^(bits-1) - 1), evaluated in double and narrowed to fp32,
 * Z = 0, signed codes. Values that are all 0 give S = 1.
 *
 * @param bits 2 to 16
 */
public record SymmetricQuantizer(int bits) implements RangeQuantizer {
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
  public float scale(ValueRange range) {
    return ValueRange.scale(range.magnitude(), (1 << (bits - 1)) - 1);
  }

  @Override
  public Encoding encode(ValueRange range, float scale) {
    return Encoding.perTensor(bits, true, scale, 0);
  }

  @Override
  public boolean symmetric() {
    return true;
  }

  @Override
  public String name() {
    return "symmetric:" + bits;
  }
}
