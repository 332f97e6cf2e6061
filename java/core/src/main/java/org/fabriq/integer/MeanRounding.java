// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Locale;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.FixedPointMultiplier;

/** How an {@link IntegerAveragePool} rounds. */
public enum MeanRounding {
  /** Once, half-even, of the exact mean: FabriQ's own. */
  HALF_EVEN,

  /** The mean code, half-away: AVERAGE_POOL_2D of TensorFlow Lite. Codes keep their meaning. */
  TFLITE_POOL,

  /** The sum times S_A / (S_C * count), in two roundings: MEAN of TensorFlow Lite. */
  TFLITE_MEAN;

  private static final int MAX_SHIFT = 32;

  /** What files call it, as {@code tflite-pool}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The rounding that a {@link #word} names.
   *
   * @throws InvalidArgumentException if it names none
   */
  public static MeanRounding of(String word) {
    for (MeanRounding rounding : values()) {
      if (rounding.word().equals(word)) {
        return rounding;
      }
    }
    throw new InvalidArgumentException(
        "'%s' is no rounding of means; there are half-even, tflite-pool and tflite-mean"
            .formatted(word));
  }

  /** sum / count, half-away. */
  static long halfAwayQuotient(long sum, long count) {
    return sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count;
  }

  /**
   * The mean of {@link #TFLITE_MEAN} in steps of the output.
   *
   * @param sum of codes less their zero points
   */
  static int tfliteMean(int sum, int count, float input, float output) {
    FixedPointMultiplier scales = FixedPointMultiplier.of((double) input / output);
    int shift = Math.min(63 - Long.numberOfLeadingZeros(count), MAX_SHIFT);
    shift = Math.min(shift, 31 + scales.shift());
    int q = (int) (((long) scales.q() << shift) / count);
    return FixedPointMultiplier.doubleRounding(sum, q, scales.shift() - shift);
  }
}
