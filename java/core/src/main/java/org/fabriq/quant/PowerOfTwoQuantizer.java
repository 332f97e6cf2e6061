// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

/**
 * Scales that are powers of two, so that rescaling is a shift: S of another quantizer rounded up to
 * 2^k (towards positive infinity; a power of two stays), at most 2^127, and the zero point for the
 * rounded S. The range stays covered; codes use between all and half of it. Word: {@code pow2}.
 *
 * @param quantizer what chooses S
 */
public record PowerOfTwoQuantizer(RangeQuantizer quantizer) implements RangeQuantizer {
  @Override
  public float scale(ValueRange range) {
    float scale = quantizer.scale(range);
    float below = Math.scalb(1f, Math.getExponent(scale));
    return scale == below || below == 0x1p127f ? below : 2 * below;
  }

  @Override
  public Encoding encode(ValueRange range, float scale) {
    return quantizer.encode(range, scale);
  }

  @Override
  public boolean symmetric() {
    return quantizer.symmetric();
  }

  @Override
  public String name() {
    return quantizer.name() + ",pow2";
  }
}
