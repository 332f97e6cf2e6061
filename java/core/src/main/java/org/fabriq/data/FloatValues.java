// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import org.fabriq.tensor.Float32Tensor;

/**
 * Holds values in fp32.
 *
 * @param matrix a row per sample; shared, not copied
 */
record FloatValues(Float32Tensor matrix, Normalization normalization, int channels)
    implements SampleValues {
  @Override
  public int count() {
    return matrix.rows();
  }

  @Override
  public void copy(int sample, float[] into, int at) {
    int size = matrix.columns();
    matrix.floats().get(sample * size, into, at, size);
    normalization.apply(into, at, size, channels);
  }

  @Override
  public FloatValues range(int from, int to) {
    return new FloatValues(matrix.rows(from, to), normalization, channels);
  }

  @Override
  public FloatValues normalized(Normalization other, int newChannels) {
    return new FloatValues(matrix, other, newChannels);
  }
}
