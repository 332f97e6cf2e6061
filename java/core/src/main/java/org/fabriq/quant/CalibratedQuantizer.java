// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * A quantizer whose range is set by a method of choice. {@link #fit} takes the tensor as one batch;
 * for more batches:
 *
 * <pre>
 *  RangeObserver observer = quantizer.observer();
 *  batches.forEach(observer::observe);
 *  Encoding encoding = quantizer.encode(observer);
 * </pre>
 *
 * @param encoder what makes an encoding of a range
 * @param setting what sets the range
 */
public record CalibratedQuantizer(RangeQuantizer encoder, RangeSetting setting)
    implements Quantizer {

  /** A new observer of the setting. */
  public RangeObserver observer() {
    return setting.observer(encoder);
  }

  /**
   * The encoding of what an observer saw.
   *
   * @throws org.fabriq.FabriqException if it saw nothing
   */
  public Encoding encode(RangeObserver observer) {
    return encoder.encode(observer.range());
  }

  /**
   * @throws InvalidArgumentException if a value is NaN
   */
  @Override
  public Encoding fit(Float32Tensor values) {
    RangeObserver observer = observer();
    observer.observe(values);
    return encode(observer);
  }

  @Override
  public String name() {
    return encoder.name() + "," + setting.name();
  }
}
