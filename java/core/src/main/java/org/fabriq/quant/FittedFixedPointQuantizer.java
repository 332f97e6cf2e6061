// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * Fixed point whose fraction length, -8 to 16, gives the finite values the least sum of squared
 * errors, summed in double in their order; the smaller fl on ties.
 *
 * @param wl word length, 1 to 16
 */
public record FittedFixedPointQuantizer(int wl) implements Quantizer {
  private static final int LEAST_FL = -8;
  private static final int GREATEST_FL = 16;

  /**
   * @throws org.fabriq.InvalidArgumentException if wl is out of range
   */
  public FittedFixedPointQuantizer {
    Encoding.checkBits(wl);
  }

  /** The quantizer with the best fl for these values. */
  public FixedPointQuantizer choose(Float32Tensor values) {
    ValueRange.of(values);
    FixedPointQuantizer best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int fl = LEAST_FL; fl <= GREATEST_FL; fl++) {
      FixedPointQuantizer candidate = new FixedPointQuantizer(wl, fl);
      double error = squaredError(candidate.encoding(), values);
      if (error < least) {
        least = error;
        best = candidate;
      }
    }
    return best;
  }

  private static double squaredError(Encoding encoding, Float32Tensor values) {
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      float x = values.get(i);
      if (!Float.isInfinite(x)) {
        double error = (double) x - encoding.dequantize(encoding.quantize(x, 0), 0);
        sum += error * error;
      }
    }
    return sum;
  }

  @Override
  public Encoding fit(Float32Tensor values) {
    return choose(values).encoding();
  }

  @Override
  public String name() {
    return "fixed:" + wl;
  }
}
