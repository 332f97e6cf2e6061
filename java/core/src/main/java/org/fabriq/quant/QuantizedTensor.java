// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * Codes and what they mean. The codes are not copied; equality is that of the instances.
 *
 * @param codes the codes, each within the encoding's range
 * @param encoding per tensor, or per index of an axis of the codes
 */
public record QuantizedTensor(Int8Tensor codes, Encoding encoding) implements QuantizedWeights {
  /**
   * @throws org.fabriq.ShapeException if a per-channel encoding has not one channel per index of
   *     its axis
   * @throws org.fabriq.InvalidArgumentException if the codes of the encoding do not fit 8 bits
   */
  public QuantizedTensor {
    encoding.checkInt8();
    encoding.run(codes);
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

  /**
   * The codes as a matrix of outputs x inputs, as kernels of int8 weights take them: one row per
   * index of axis 0, with a scale for each or for all.
   *
   * @throws InvalidArgumentException if scales run along another axis
   */
  public QuantizedTensor matrix() {
    if (encoding.axis() != 0) {
      throw new InvalidArgumentException(
          ("%d scales of weights %s along axis %d, which is summed over: a scale per input cannot"
                  + " be taken out of a sum of products of int8 weights; quantize along axis 0 (the"
                  + " outputs) or per tensor, or run the weights as fp32 (f32f32)")
              .formatted(encoding.scales().length, codes, encoding.axis()));
    }
    int rows = codes.dimension(0);
    return new QuantizedTensor(codes.reshape(rows, codes.size() / rows), encoding);
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
