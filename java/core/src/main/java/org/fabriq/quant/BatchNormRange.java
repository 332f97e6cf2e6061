// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * The range of a BatchNorm's outputs, known without data: channel c has the mean beta_c and the
 * standard deviation |gamma_c|, so min = min_c(beta_c - n |gamma_c|), max = max_c(beta_c + n
 * |gamma_c|), in double, narrowed to fp32 and widened to hold 0. A ReLU after it raises min to 0;
 * see {@link #afterRelu}.
 *
 * <p>Source: M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias
 * Correction", 2019, section 5; they take n = 6.
 */
public final class BatchNormRange {
  private BatchNormRange() {}

  /**
   * The range of the outputs.
   *
   * @param gamma finite, one per channel
   * @param beta finite, as many
   * @param deviations n, above 0, finite
   * @throws InvalidArgumentException if a value is out of range, or the lengths differ, or are 0
   */
  public static ValueRange of(float[] gamma, float[] beta, double deviations) {
    if (gamma.length == 0 || gamma.length != beta.length) {
      throw new InvalidArgumentException(
          "%d gamma and %d beta; give one each per channel".formatted(gamma.length, beta.length));
    }
    if (!(deviations > 0) || Double.isInfinite(deviations)) {
      throw new InvalidArgumentException(
          "%s standard deviations, limit above 0; 6 is common".formatted(deviations));
    }
    double min = 0;
    double max = 0;
    for (int channel = 0; channel < gamma.length; channel++) {
      if (!Float.isFinite(gamma[channel]) || !Float.isFinite(beta[channel])) {
        throw new InvalidArgumentException(
            "gamma %s, beta %s of channel %d; both must be finite, repair the model"
                .formatted(gamma[channel], beta[channel], channel));
      }
      double reach = deviations * Math.abs((double) gamma[channel]);
      min = Math.min(min, beta[channel] - reach);
      max = Math.max(max, beta[channel] + reach);
    }
    return new ValueRange(
        (float) Math.max(-Float.MAX_VALUE, min), (float) Math.min(Float.MAX_VALUE, max));
  }

  /** The range of the outputs after a ReLU: [0, max]. */
  public static ValueRange afterRelu(float[] gamma, float[] beta, double deviations) {
    return new ValueRange(0, of(gamma, beta, deviations).max());
  }
}
