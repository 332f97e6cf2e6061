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
public record QuantizedTensor(Int8Tensor codes, Encoding encoding) implements QuantizedWeights {
  /**
   * @throws org.fabriq.ShapeException if a per-channel encoding has not one channel per index of
   *     axis 0
   * @throws org.fabriq.InvalidArgumentException if the codes of the encoding do not fit 8 bits
   */
  public QuantizedTensor {
    encoding.checkInt8();
    encoding.checkChannels(codes);
  }

  @Override
  public int bits() {
    return encoding.bits();
  }

  /** The real values the codes stand for; see {@link Encoding#dequantize(int, int)}. */
  @Override
  public Float32Tensor dequantize() {
    return encoding.dequantize(codes);
  }

  /** This. */
  @Override
  public QuantizedTensor integers() {
    return this;
  }

  /** The codes in the bits they need. */
  @Override
  public PackedCodes pack() {
    return PackedCodes.pack(codes, encoding.bits(), encoding.signed());
  }

  /** The bytes of the packed codes, and 8 for each scale with its zero point. */
  @Override
  public long bytes() {
    return encoding.packedBytes(codes.shape()) + 8L * encoding.scales().length;
  }
}
