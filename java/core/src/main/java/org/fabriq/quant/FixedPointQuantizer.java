// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Fixed point: signed codes of wl bits, fl of them after the binary point, whatever the values; S =
 * 2^-fl, Z = 0. With wl = 8 and fl = 4, 3.324 becomes 3.3125 and the range is [-8, 7.9375].
 *
 * @param wl word length, 1 to 16
 * @param fl fraction length, -100 to 100; negative when the codes count multiples of 2^-fl
 * @param narrow drops the least code; from 2 bits on
 */
public record FixedPointQuantizer(int wl, int fl, boolean narrow) implements Quantizer {
  private static final int MAX_FL = 100;

  /**
   * @throws InvalidArgumentException if wl or fl is out of range
   */
  public FixedPointQuantizer {
    Encoding.checkBits(wl);
    if (Math.abs(fl) > MAX_FL) {
      throw new InvalidArgumentException("fl = %d, limit +-%d".formatted(fl, MAX_FL));
    }
  }

  /** With the full range. */
  public FixedPointQuantizer(int wl, int fl) {
    this(wl, fl, false);
  }

  /** The quantizer that {@link FittedFixedPointQuantizer} chooses for these values. */
  public static FixedPointQuantizer fitting(int wl, Float32Tensor values) {
    return new FittedFixedPointQuantizer(wl).choose(values);
  }

  /** The encoding, which depends on no values. */
  public Encoding encoding() {
    float scale = Math.scalb(1f, -fl);
    return new Encoding(wl, true, narrow, new float[] {scale}, new int[] {0});
  }

  @Override
  public EncodingObserver observer() {
    return new EncodingObserver() {
      @Override
      public void observe(Float32Tensor batch) {
        ValueRange.of(batch);
      }

      @Override
      public Encoding encoding() {
        return FixedPointQuantizer.this.encoding();
      }
    };
  }

  @Override
  public String name() {
    return "fixed:" + wl + "," + fl + (narrow ? ",narrow" : "");
  }
}
