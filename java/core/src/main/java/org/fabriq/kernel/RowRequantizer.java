// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import org.fabriq.quant.Requantization;

/**
 * {@link Int8Output} in arrays, for a loop without branches: a shift of 0 becomes one of 1, of
 * twice the significand; half holds 2^(shift-1) - 1, to which the odd bit of the floor is added.
 */
record RowRequantizer(
    int[] significands, int[] shifts, long[] halves, int zeroPoint, int qmin, int qmax) {
  static RowRequantizer of(Int8Output output) {
    int n = output.multipliers().size();
    int[] significands = new int[n];
    int[] shifts = new int[n];
    long[] halves = new long[n];
    for (int i = 0; i < n; i++) {
      Requantization multiplier = output.multipliers().get(i);
      int extra = multiplier.shift() == 0 ? 1 : 0;
      significands[i] = multiplier.significand() << extra;
      shifts[i] = multiplier.shift() + extra;
      halves[i] = (1L << (shifts[i] - 1)) - 1;
    }
    return new RowRequantizer(
        significands, shifts, halves, output.zeroPoint(), output.qmin(), output.qmax());
  }

  void apply(int[] acc, byte[] codes) {
    for (int n = 0; n < acc.length; n++) {
      long product = (long) acc[n] * significands[n];
      long odd = (product >> shifts[n]) & 1;
      long code = ((product + halves[n] + odd) >> shifts[n]) + zeroPoint;
      codes[n] = (byte) Math.max(qmin, Math.min(qmax, code));
    }
  }
}
