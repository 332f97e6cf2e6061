// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * Codes and what they mean. The codes are not copied; equality is that of the instances.
 *
 * @param codes the codes, each within the encoding's range
 * @param encoding per tensor, or per index of axis 0 of the codes
 */
public record QuantizedTensor(Int8Tensor codes, Encoding encoding) {
  /**
   * @throws org.fabriq.ShapeException if a per-channel encoding has not one channel per index of
   *     axis 0
   * @throws org.fabriq.InvalidArgumentException if the codes of the encoding do not fit 8 bits
   */
  public QuantizedTensor {
    encoding.checkInt8();
    encoding.checkChannels(codes);
  }

  /** The real values the codes stand for; see {@link Encoding#dequantize(int, int)}. */
  public Float32Tensor dequantize() {
    return encoding.dequantize(codes);
  }

  /** The codes in the bits they need. */
  public PackedCodes pack() {
    return PackedCodes.pack(codes, encoding.bits(), encoding.signed());
  }
}
