// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

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
    return new Observer(quantizer, clippingWeight);
  }

  @Override
  public String name() {
    return equals(MSE) ? "mse" : equals(SQNR) ? "sqnr" : "sqnr=" + clippingWeight;
  }

  private static final class Observer implements RangeObserver {
    private final RangeQuantizer quantizer;
    private final double clippingWeight;
    private final ValueHistogram histogram = new ValueHistogram();
    private double[] bins = new double[3 * 1024];
    private int used;

    Observer(RangeQuantizer quantizer, double clippingWeight) {
      this.quantizer = quantizer;
      this.clippingWeight = clippingWeight;
    }

    @Override
    public void observe(Float32Tensor batch) {
      histogram.add(batch);
    }

    @Override
    public ValueRange range() {
      ValueRange limits = histogram.limits();
      used = 0;
      histogram.forEach(this::append);
      return ClippingSearch.leastCost(limits, quantizer.symmetric(), this::noise);
    }

    private void append(double low, double high, long count) {
      bins = used == bins.length ? Arrays.copyOf(bins, 2 * used) : bins;
      bins[used++] = low;
      bins[used++] = high;
      bins[used++] = count;
    }

    private double noise(ValueRange range) {
      QuantizationNoise noise = new QuantizationNoise(quantizer.encode(range), clippingWeight);
      double sum = 0;
      for (int i = 0; i < used; i += 3) {
        sum += bins[i + 2] * noise.mean(bins[i], bins[i + 1]);
      }
      return sum;
    }
  }
}
