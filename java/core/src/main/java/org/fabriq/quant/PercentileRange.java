// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * Percentiles of all batches' values: max is the value of nearest rank ceil(percent / 100 * n) from
 * below, min that from above, each moved outwards to the edge of its bin in a histogram of 1024
 * bins per octave, so by at most 2^-10 of itself, and widened to hold 0. At least {@code percent}
 * of the values are at most max, and as many at least min; 100 is min-max. Word: {@code
 * percentile=99.9}.
 *
 * @param percent above 50, at most 100
 */
public record PercentileRange(double percent) implements RangeSetting {
  /**
   * @throws InvalidArgumentException if percent is out of range
   */
  public PercentileRange {
    if (!(percent > 50 && percent <= 100)) {
      throw new InvalidArgumentException(
          "percentile %s, limit above 50 to 100; 99.9 is common".formatted(percent));
    }
  }

  @Override
  public RangeObserver observer(RangeQuantizer quantizer) {
    return new HistogramObserver(this::range);
  }

  private ValueRange range(ValueHistogram histogram) {
    long count = histogram.count();
    long rank = (long) Math.ceil(percent / 100 * count);
    double[] ends = {histogram.limits().min(), histogram.limits().max()};
    long[] below = {0};
    histogram.forEach(
        (low, high, inBin) -> {
          ends[0] = below[0] <= count - rank ? low : ends[0];
          ends[1] = below[0] < rank ? high : ends[1];
          below[0] += inBin;
        });
    return new ValueRange(Math.min(0, (float) ends[0]), Math.max(0, (float) ends[1]));
  }

  @Override
  public String name() {
    return "percentile=" + percent;
  }
}
