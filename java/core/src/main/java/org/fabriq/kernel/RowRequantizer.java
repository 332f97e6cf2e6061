// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import java.util.Arrays;
import java.util.List;
import org.fabriq.quant.Requantization;

/**
 * {@link Int8Output} for rows, in loops that the JIT compiler vectorizes; bit for bit {@link
 * Requantization#apply(int, int, int, int)}. For use by one thread.
 *
 * <p>acc * M is computed in fp32 and clamped to [qmin - Z, qmax - Z]. M is a float, so a product
 * within the codes errs by two roundings of 2^-24, relative: less than 2^-14. Rounded to the
 * nearest integer it is right unless it lies that close to a tie; those few are computed in
 * integers. Adding 1.5 * 2^23 + Z rounds, and leaves the code in the low bits.
 */
final class RowRequantizer {
  private static final float SHIFTER = 0x1.8p23f;
  private static final float CLEAR = 0.5f - 0x1p-14f;

  private final Int8Output output;
  private final float[] multipliers;
  private final float[] shifted;
  private final float[] distances;
  private final float[] clear;
  private final byte[] codes;

  RowRequantizer(Int8Output output) {
    this.output = output;
    List<Requantization> exact = output.multipliers();
    int n = exact.size();
    multipliers = new float[n];
    for (int i = 0; i < n; i++) {
      multipliers[i] = exact.get(i).multiplier();
    }
    shifted = new float[n];
    distances = new float[n];
    clear = new float[n];
    Arrays.fill(clear, CLEAR);
    codes = new byte[n];
  }

  /**
   * The codes of a row.
   *
   * @param acc N accumulators
   * @return N codes, in an array that the next call overwrites
   */
  byte[] apply(int[] acc) {
    int zero = output.zeroPoint();
    round(acc, output.qmin() - zero, output.qmax() - zero, SHIFTER + zero);
    narrow(shifted, codes);
    for (int i = Arrays.mismatch(distances, clear); i >= 0 && i < acc.length; i++) {
      if (distances[i] != CLEAR) {
        codes[i] =
            (byte) output.multipliers().get(i).apply(acc[i], zero, output.qmin(), output.qmax());
      }
    }
    return codes;
  }

  private void round(int[] acc, float least, float greatest, float shift) {
    float[] multipliers = this.multipliers;
    float[] shifted = this.shifted;
    float[] distances = this.distances;
    for (int i = 0; i < acc.length; i++) {
      float v = Math.min(Math.max(acc[i] * multipliers[i], least), greatest);
      float s = v + shift;
      shifted[i] = s;
      distances[i] = Math.max(Math.abs(v - (s - shift)), CLEAR);
    }
  }

  private static void narrow(float[] shifted, byte[] codes) {
    for (int i = 0; i < shifted.length; i++) {
      codes[i] = (byte) Float.floatToRawIntBits(shifted[i]);
    }
  }
}
