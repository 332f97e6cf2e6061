// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/** The least to the greatest value of all batches: nothing is clipped. Word: {@code min-max}. */
public record MinMaxRange() implements RangeSetting {
  @Override
  public RangeObserver observer(RangeQuantizer quantizer) {
    return new Observer();
  }

  @Override
  public String name() {
    return "min-max";
  }

  private static final class Observer implements RangeObserver {
    private ValueRange range;

    @Override
    public void observe(Float32Tensor batch) {
      ValueRange own = ValueRange.of(batch);
      range = range == null ? own : range.union(own);
    }

    @Override
    public ValueRange range() {
      if (range == null) {
        throw EncodingObserver.nothingObserved();
      }
      return range;
    }
  }
}
