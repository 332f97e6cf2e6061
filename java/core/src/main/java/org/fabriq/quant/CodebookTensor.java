// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * Packed indices and the table they point into.
 *
 * @param codes unsigned, of the bits of the codebook
 */
public record CodebookTensor(PackedCodes codes, Codebook codebook) implements QuantizedWeights {
  /**
   * @throws org.fabriq.InvalidArgumentException if the codes are signed or of other bits
   */
  public CodebookTensor {
    codebook.check(codes);
  }

  @Override
  public int bits() {
    return codebook.bits();
  }

  /** The values the codes stand for. */
  @Override
  public Float32Tensor dequantize() {
    return codebook.decode(codes);
  }

  /**
   * The same with centroids rounded to 8 bits, for kernels that take int8 weights: each weight the
   * code of its centroid in the encoding that {@link SymmetricQuantizer} fits to the table.
   */
  @Override
  public QuantizedTensor integers() {
    float[] table = codebook.centroids();
    Encoding encoding =
        new SymmetricQuantizer(Byte.SIZE).fit(Float32Tensor.of(table, table.length));
    return new QuantizedTensor(encoding.quantize(dequantize()), encoding);
  }

  @Override
  public PackedCodes pack() {
    return codes;
  }

  /** This with centroids that are the means of these values; see {@link Codebook#withMeansOf}. */
  public CodebookTensor withMeansOf(Float32Tensor values) {
    return new CodebookTensor(codes, codebook.withMeansOf(values, codes));
  }

  /** The bytes of the packed codes and the table. */
  @Override
  public long bytes() {
    return codes.bytes().size() + 4L * codebook.centroids().length;
  }
}
