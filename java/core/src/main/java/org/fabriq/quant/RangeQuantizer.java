// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

/**
 * A quantizer that needs to know no more of the values than the range its codes have to cover. Its
 * {@link #fit} takes the range from the least to the greatest value; a {@link CalibratedQuantizer}
 * takes any other.
 */
public interface RangeQuantizer extends Quantizer {
  /** The scale that covers a range, above 0; 1 for [0, 0]. */
  float scale(ValueRange range);

  /** The encoding of this scale whose zero point places the range best. */
  Encoding encode(ValueRange range, float scale);

  /** Whether only the greatest magnitude of a range counts. */
  boolean symmetric();

  /** The encoding that covers a range. */
  default Encoding encode(ValueRange range) {
    return encode(range, scale(range));
  }

  @Override
  default EncodingObserver observer() {
    return new CalibratedQuantizer(this, new MinMaxRange()).observer();
  }
}
