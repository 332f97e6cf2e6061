// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;

/**
 * The range whose codes have the least noise: rounding errors squared, plus clipping errors squared
 * times a weight, expected over a histogram of 1024 bins per octave with values spread evenly
 * within each bin. Weight 1 is the mean squared error (word {@code mse}). Weight 3, as in AIMET's
 * SQNR scheme, clips less (word {@code sqnr}; other weights as {@code sqnr=2.5}).
 *
 * <p>Candidates reach down to 2^-16 of the limits in steps of 2^(-1/128); the limits themselves are
 * one, and win ties, so the expected noise is never above that of min-max.
 *
 * <p>Source: M. Nagel et al., "A White Paper on Neural Network Quantization", 2021, section 3.1.
 *
 * @param clippingWeight above 0, finite
 */
public record LeastNoiseRange(double clippingWeight) implements RangeSetting {
  /** The least mean squared error. */
  public static final LeastNoiseRange MSE = new LeastNoiseRange(1);

  /** Clipping weighs 3 times rounding. */
  public static final LeastNoiseRange SQNR = new LeastNoiseRange(3);

  /**
   * @throws InvalidArgumentException if the weight is out of range
   */
  public LeastNoiseRange {
    if (!(clippingWeight > 0) || Double.isInfinite(clippingWeight)) {
      throw new InvalidArgumentException(
          "clipping weight %s, limit above 0; 1 is the mean squared error"
              .formatted(clippingWeight));
    }
  }

  @Override
  public RangeObserver observer(RangeQuantizer quantizer) {
    return new HistogramObserver(histogram -> range(histogram, quantizer));
  }

  private ValueRange range(ValueHistogram histogram, RangeQuantizer quantizer) {
    List<Bin> bins = new ArrayList<>();
    histogram.forEach((low, high, count) -> bins.add(new Bin(low, high, count)));
    return ClippingSearch.leastCost(
        histogram.limits(),
        quantizer.symmetric(),
        range -> noise(bins, new QuantizationNoise(quantizer.encode(range), clippingWeight)));
  }

  private static double noise(List<Bin> bins, QuantizationNoise noise) {
    double sum = 0;
    for (Bin bin : bins) {
      sum += bin.count * noise.mean(bin.low, bin.high);
    }
    return sum;
  }

  @Override
  public String name() {
    return equals(MSE) ? "mse" : equals(SQNR) ? "sqnr" : "sqnr=" + clippingWeight;
  }

  private record Bin(double low, double high, long count) {}
}
