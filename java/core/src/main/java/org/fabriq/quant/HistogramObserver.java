// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.function.Function;
import org.fabriq.tensor.Float32Tensor;

/** Counts the values of all batches in a {@link ValueHistogram} and takes the range from that. */
final class HistogramObserver implements RangeObserver {
  private final ValueHistogram histogram = new ValueHistogram();
  private final Function<ValueHistogram, ValueRange> choice;

  /**
   * @param choice of a histogram that has limits
   */
  HistogramObserver(Function<ValueHistogram, ValueRange> choice) {
    this.choice = choice;
  }

  @Override
  public void observe(Float32Tensor batch) {
    histogram.add(batch);
  }

  @Override
  public ValueRange range() {
    histogram.limits();
    return choice.apply(histogram);
  }
}
