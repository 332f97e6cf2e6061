// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * exp(x[i] - m) / (sum over j of exp(x[j] - m)) of the values of a vector, m the greatest of them,
 * or the logarithm of it, x[i] - m - log(sum); in double by {@link StrictMath}, narrowed to fp32.
 *
 * @param logarithm whether it is the logarithm
 */
public record SoftmaxLayer(String name, boolean logarithm) implements EpilogueLayer {
  @Override
  public SampleShape output(SampleShape input) {
    if (input.isImage()) {
      throw new ShapeException(
          "layer %s takes vectors, not images of %s; flatten images before it"
              .formatted(name, input));
    }
    return input;
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    output(Samples.shape(x));
    Float32Tensor out = Float32Tensor.allocate(x.shape());
    apply(x, out, x.rows());
    return out;
  }

  /** Overwrites the first rows of {@code out} with what becomes of those of {@code x}. */
  public void apply(Float32Tensor x, Float32Tensor out, int rows) {
    int n = x.columns();
    for (int row = 0; row < rows; row++) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        greatest = Math.max(greatest, x.get(row, i));
      }
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += StrictMath.exp(x.get(row, i) - greatest);
      }
      for (int i = 0; i < n; i++) {
        double own = x.get(row, i) - greatest;
        double value = logarithm ? own - StrictMath.log(sum) : StrictMath.exp(own) / sum;
        out.set(row, i, (float) value);
      }
    }
  }
}
