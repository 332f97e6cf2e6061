// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * Weights of {@link KernelType#F32I8}: C = fl(acc * scale) + bias, where acc accumulates A * (B -
 * zero point) in fp32. Codes without rescale are those with scales of 1.
 */
public final class WeightsF32I8 implements MatmulWeights {
  private final Int8Tensor b;
  private final CodeWidth width;
  private final float[] scale;
  private final int[] zeroPoint;
  private final float[] bias;
  private final ByteBuffer columns;

  /** Weights with codes of 8 bits. */
  public WeightsF32I8(Int8Tensor b, float[] scale, int[] zeroPoint, float[] bias) {
    this(b, CodeWidth.INT8, scale, zeroPoint, bias);
  }

  /**
   * @param b K x N, taken over; each code within the width
   * @param scale one per column, finite and above 0
   * @param zeroPoint one per column, -128 to 127; null for zeros
   * @param bias one finite value per column, or null for none
   * @throws InvalidArgumentException if a size or a value is out of its range
   */
  public WeightsF32I8(Int8Tensor b, CodeWidth width, float[] scale, int[] zeroPoint, float[] bias) {
    int n = b.columns();
    KernelLimits.check(KernelType.F32I8, 1, b.rows(), n);
    width.check(b);
    this.b = b;
    this.width = width;
    this.scale = checkedScale(scale, n);
    this.zeroPoint = ColumnParameters.zeroPoints(zeroPoint, n);
    this.bias = ColumnParameters.bias(bias, n);
    ColumnParameters parameters = new ColumnParameters(n);
    for (int i = 0; i < n; i++) {
      parameters.set(
          i,
          Float.floatToRawIntBits(this.bias[i]),
          Float.floatToRawIntBits(scale[i]),
          this.zeroPoint[i]);
    }
    this.columns = parameters.packed();
  }

  private static float[] checkedScale(float[] scale, int n) {
    ColumnParameters.checkLength("scale", scale.length, n);
    for (int i = 0; i < n; i++) {
      if (!(scale[i] > 0) || Float.isInfinite(scale[i])) {
        throw new InvalidArgumentException(
            "scale %s of column %d; a scale must be finite and above 0".formatted(scale[i], i));
      }
    }
    return scale.clone();
  }

  /**
   * The weights of a quantized layer, with its scales and zero points, in the least width that
   * holds the codes of its encoding.
   *
   * @param w N x K, as a layer stores it, per tensor or per index of axis 0; transposed into a copy
   * @throws InvalidArgumentException if it has scales along another axis
   */
  public static WeightsF32I8 ofLayer(QuantizedTensor w, float[] bias) {
    QuantizedTensor matrix = w.matrix();
    Encoding encoding = matrix.encoding();
    int n = matrix.codes().rows();
    float[] scale = new float[n];
    for (int i = 0; i < n; i++) {
      scale[i] = encoding.scale(i);
    }
    int[] zeroPoint = IntStream.range(0, n).map(encoding::zeroPoint).toArray();
    CodeWidth width = CodeWidth.of(encoding);
    return new WeightsF32I8(matrix.codes().transpose(), width, scale, zeroPoint, bias);
  }

  @Override
  public KernelType type() {
    return KernelType.F32I8;
  }

  @Override
  public OutputType output() {
    return OutputType.FLOAT32;
  }

  @Override
  public Int8Tensor b() {
    return b;
  }

  @Override
  public int bitsOfB() {
    return width.bits();
  }

  @Override
  public Int8Tensor packedB() {
    return width.pack(b);
  }

  /** The factor of a column. */
  public float scale(int column) {
    return scale[column];
  }

  /** The zero point of a column of B. */
  public int zeroPoint(int column) {
    return zeroPoint[column];
  }

  /** The bias of a column, -0 where there is none. */
  public float bias(int column) {
    return bias[column];
  }

  @Override
  public ByteBuffer columns() {
    return columns;
  }
}
