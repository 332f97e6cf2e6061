// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Packed indices and the table they point into. Its file form is three entries of an npz: {@code
 * <name>_codes} (int8, packed rows), {@code <name>_table} (fp32, 2^bits) and {@code <name>_shape}
 * (int32), read back to an equal value.
 *
 * @param codes unsigned, of the bits of the codebook
 */
public record CodebookTensor(PackedCodes codes, Codebook codebook) implements QuantizedWeights {
  /**
   * @throws InvalidArgumentException if the codes are signed or of other bits
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

  /** The entries that stand for it in a file. */
  public Map<String, Tensor> entries(String name) {
    float[] table = codebook.centroids();
    int[] shape = codes.shape();
    if (shape.length == 0) {
      throw new InvalidArgumentException("a scalar has no file form; give it a shape first");
    }
    return Map.of(
        name + "_codes", codes.bytes(),
        name + "_table", Float32Tensor.of(table, table.length),
        name + "_shape", Int32Tensor.of(shape, shape.length));
  }

  /**
   * Reads it back.
   *
   * @throws InvalidArgumentException if an entry is missing, of another type or does not fit
   */
  public static CodebookTensor of(Map<String, ? extends Tensor> entries, String name) {
    if (entries.get(name + "_codes") instanceof Int8Tensor bytes
        && entries.get(name + "_table") instanceof Float32Tensor table
        && entries.get(name + "_shape") instanceof Int32Tensor shape) {
      int bits = Integer.numberOfTrailingZeros(table.size());
      Codebook codebook = new Codebook(bits, table.toArray());
      return new CodebookTensor(PackedCodes.of(bytes, bits, false, shape.toArray()), codebook);
    }
    throw new InvalidArgumentException(
        "no complete codebook %s; it takes %s_codes (int8), %s_table (float32), %s_shape (int32)"
            .formatted(name, name, name, name));
  }
}
