// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.tensor.Float32Tensor;

/**
 * A quantizer whose range is set by a method of choice.
 *
 * @param encoder what makes an encoding of a range
 * @param setting what sets the range
 */
public record CalibratedQuantizer(RangeQuantizer encoder, RangeSetting setting)
    implements Quantizer {

  @Override
  public EncodingObserver observer() {
    RangeObserver range = setting.observer(encoder);
    return new EncodingObserver() {
      @Override
      public void observe(Float32Tensor batch) {
        range.observe(batch);
      }

      @Override
      public Encoding encoding() {
        return encoder.encode(range.range());
      }
    };
  }

  @Override
  public String name() {
    return encoder.name() + "," + setting.name();
  }
}
