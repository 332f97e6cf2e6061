// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.integer.TfliteOutput;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;

/**
 * A dense layer or a convolution with the rounding of TensorFlow Lite: the device gives the
 * accumulators, the host makes int8 of them.
 */
final class TfliteMatmulStep implements Step {
  private final MatmulStep matmul;
  private final TfliteOutput rounding;
  private final Int32Tensor accumulators;
  private final Int8Tensor out;
  private final int rowsPerSample;

  /**
   * @param matmul gives the accumulators; taken over
   * @param accumulators pixels x outputs, as out
   */
  TfliteMatmulStep(
      MatmulStep matmul,
      TfliteOutput rounding,
      Int32Tensor accumulators,
      Int8Tensor out,
      int rowsPerSample) {
    this.matmul = matmul;
    this.rounding = rounding;
    this.accumulators = accumulators;
    this.out = out;
    this.rowsPerSample = rowsPerSample;
  }

  @Override
  public void run(int samples, LayerTimes times) {
    matmul.run(samples, null);
    int outputs = out.columns();
    for (int row = 0, i = 0; row < samples * rowsPerSample; row++) {
      for (int n = 0; n < outputs; n++, i++) {
        out.set(i, (byte) rounding.code(n, accumulators.get(i)));
      }
    }
  }

  @Override
  public long mismatches(int samples) {
    return matmul.mismatches(samples);
  }

  @Override
  public long weightBytes() {
    return matmul.weightBytes();
  }

  @Override
  public void close() {
    matmul.close();
  }
}
