// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.nio.ByteBuffer;
import org.fabriq.tensor.Float32Tensor;

/** Weights of {@link KernelType#F32F32}: C = A * B + bias. */
public final class WeightsF32F32 implements MatmulWeights {
  private final Float32Tensor b;
  private final float[] bias;
  private final ByteBuffer columns;

  /**
   * @param b K x N, taken over; any values, infinities and NaN included
   * @param bias one finite value per column, or null for none
   * @throws org.fabriq.InvalidArgumentException if a size or a bias is out of its range
   */
  public WeightsF32F32(Float32Tensor b, float[] bias) {
    KernelLimits.check(KernelType.F32F32, 1, b.rows(), b.columns());
    this.b = b;
    this.bias = ColumnParameters.bias(bias, b.columns());
    ColumnParameters parameters = new ColumnParameters(b.columns());
    for (int n = 0; n < b.columns(); n++) {
      parameters.set(n, Float.floatToRawIntBits(this.bias[n]), 0, 0);
    }
    this.columns = parameters.packed();
  }

  /**
   * The weights of a layer.
   *
   * @param w N x K, as a layer stores it; transposed into a copy
   */
  public static WeightsF32F32 ofLayer(Float32Tensor w, float[] bias) {
    return new WeightsF32F32(w.transpose(), bias);
  }

  @Override
  public KernelType type() {
    return KernelType.F32F32;
  }

  @Override
  public OutputType output() {
    return OutputType.FLOAT32;
  }

  @Override
  public Float32Tensor b() {
    return b;
  }

  @Override
  public int bitsOfB() {
    return Float.SIZE;
  }

  @Override
  public Float32Tensor packedB() {
    return b;
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
