// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.List;
import org.fabriq.quant.CodeLoops;
import org.fabriq.quant.Requantization;

/**
 * {@link Int8Output} for rows, without branches or long integers, or in {@link CodeLoops} where
 * there are some; bit for bit {@link Requantization#apply(int, int, int, int)}. For use by one
 * thread.
 *
 * <p>acc * M is computed in fp32 and rounded to the nearest integer, unless it lies within {@link
 * Requantization#NEAR_TIE} of a tie; those few are computed in integers. Adding 1.5 * 2^23 + Z
 * rounds, and leaves q + Z in the low bits. Patterns of floats are ordered as the floats are, so
 * they can be clamped as integers, however large the product.
 */
final class RowRequantizer {
  private static final CodeLoops LOOPS = CodeLoops.installed().orElse(null);
  private static final float SHIFTER = 0x1.8p23f;
  private static final int SHIFTER_BITS = Float.floatToRawIntBits(SHIFTER);
  private static final int CLEAR_BITS = Float.floatToRawIntBits(0.5f - Requantization.NEAR_TIE);

  private final Int8Output output;
  private final float[] multipliers;
  private final byte[] codes;

  RowRequantizer(Int8Output output) {
    this.output = output;
    List<Requantization> exact = output.multipliers();
    multipliers = new float[exact.size()];
    for (int i = 0; i < multipliers.length; i++) {
      multipliers[i] = exact.get(i).multiplier();
    }
    codes = new byte[multipliers.length];
  }

  /**
   * The codes of a row.
   *
   * @param acc N accumulators
   * @return N codes, in an array that the next call overwrites
   */
  byte[] apply(int[] acc) {
    if (LOOPS == null) {
      applyInPlainLoops(acc);
    } else {
      applyInCodeLoops(acc);
    }
    return codes;
  }

  private void applyInCodeLoops(int[] acc) {
    for (int i = 0; i < acc.length; ) {
      int done =
          LOOPS.requantize(
              acc, multipliers, codes, i, output.zeroPoint(), output.qmin(), output.qmax());
      i = Math.min(done + LOOPS.lanes(), acc.length);
      for (int j = done; j < i; j++) {
        applyExactly(acc, j);
      }
    }
  }

  private void applyInPlainLoops(int[] acc) {
    float shift = SHIFTER + output.zeroPoint();
    int farthest =
        round(
            acc,
            multipliers,
            codes,
            shift,
            SHIFTER_BITS + output.qmin(),
            SHIFTER_BITS + output.qmax());
    for (int i = 0; farthest > CLEAR_BITS && i < acc.length; i++) {
      float v = acc[i] * multipliers[i];
      if (distance(v, v + shift, shift) > CLEAR_BITS) {
        applyExactly(acc, i);
      }
    }
  }

  /** Rounds all; the greatest distance from an integer, as the pattern of a float. */
  private static int round(
      int[] acc, float[] multipliers, byte[] codes, float shift, int least, int greatest) {
    int farthest = 0;
    for (int i = 0; i < acc.length; i++) {
      float v = acc[i] * multipliers[i];
      float shifted = v + shift;
      int bits = Float.floatToRawIntBits(shifted);
      codes[i] = (byte) Math.max(least, Math.min(greatest, bits));
      farthest = Math.max(farthest, distance(v, shifted, shift));
    }
    return farthest;
  }

  /** |v - rounded v| as the pattern of a float; that of a NaN, the greatest, for an infinite v. */
  private static int distance(float v, float shifted, float shift) {
    return Float.floatToRawIntBits(v - (shifted - shift)) & Integer.MAX_VALUE;
  }

  private void applyExactly(int[] acc, int i) {
    Requantization multiplier = output.multipliers().get(i);
    codes[i] = (byte) multiplier.apply(acc[i], output.zeroPoint(), output.qmin(), output.qmax());
  }
}
