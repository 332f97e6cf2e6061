// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * The exponential moving average of the batches' ranges: the first batch sets it, each later one
 * gives r = momentum * r + (1 - momentum) * r_batch for both ends, in double. r_batch is the {@link
 * ValueRange#of} the batch. One batch alone is min-max. Word: {@code moving-average=0.9}.
 *
 * <p>Source: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", 2018, section 3.1.
 *
 * @param momentum the weight of the past, 0 to below 1
 */
public record MovingAverageRange(double momentum) implements RangeSetting {
  /**
   * @throws InvalidArgumentException if the momentum is out of range
   */
  public MovingAverageRange {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new InvalidArgumentException(
          "momentum %s, limit 0 to below 1; 0.9 is common".formatted(momentum));
    }
  }

  @Override
  public RangeObserver observer(RangeQuantizer quantizer) {
    return new Observer(momentum);
  }

  @Override
  public String name() {
    return "moving-average=" + momentum;
  }

  private static final class Observer implements RangeObserver {
    private final double momentum;
    private boolean started;
    private double min;
    private double max;

    Observer(double momentum) {
      this.momentum = momentum;
    }

    @Override
    public void observe(Float32Tensor batch) {
      ValueRange own = ValueRange.of(batch);
      double past = started ? momentum : 0;
      min = past * min + (1 - past) * own.min();
      max = past * max + (1 - past) * own.max();
      started = true;
    }

    @Override
    public ValueRange range() {
      if (!started) {
        throw EncodingObserver.nothingObserved();
      }
      return new ValueRange((float) min, (float) max);
    }
  }
}
