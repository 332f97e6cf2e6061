// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * The ways in which the field multiplies an int32 accumulator by a real multiplier with integers
 * only. FabriQ's kernels compute {@link #EXACT}; the others are there to compare with, and to
 * reproduce models made for TensorFlow Lite.
 *
 * <p>The two TFLite flavours hold the multiplier as q * 2^(shift - 31) with q in [2^30, 2^31),
 * which is exact for every fp32 value, and take shifts of -31 to 30. Sources: Jacob et al.,
 * <i>Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference</i> (2018), section 2.2; gemmlowp, {@code fixedpoint.h}; TensorFlow Lite, {@code
 * kernels/internal/common.h}.
 */
public enum RequantizationFlavour {
  /** One rounding, half-even, of the exact product: {@link Requantization}. */
  EXACT {
    @Override
    public long apply(int acc, Requantization multiplier) {
      return multiplier.apply(acc);
    }
  },

  /**
   * Two roundings: a saturating doubling high multiply (half-up in magnitude of the 62-bit product,
   * ties of negative products toward zero), then a division by a power of two, half-away.
   */
  TFLITE_DOUBLE_ROUNDING {
    @Override
    public long apply(int acc, Requantization multiplier) {
      Normalized normalized = Normalized.of(multiplier);
      int left = Math.max(normalized.shift(), 0);
      int right = Math.max(-normalized.shift(), 0);
      return dividedByPowerOfTwo(doublingHighProduct(acc << left, normalized.q()), right);
    }
  },

  /** One rounding of the 62-bit product, half-up. */
  TFLITE_SINGLE_ROUNDING {
    @Override
    public long apply(int acc, Requantization multiplier) {
      Normalized normalized = Normalized.of(multiplier);
      int total = 31 - normalized.shift();
      return ((long) acc * normalized.q() + (1L << (total - 1))) >> total;
    }
  };

  /**
   * The rounded product acc * M.
   *
   * @return for the TFLite flavours the int32 arithmetic of the original, which wraps where acc *
   *     2^shift leaves int32 (double rounding)
   * @throws InvalidArgumentException if a TFLite flavour has no shift for the multiplier
   */
  public abstract long apply(int acc, Requantization multiplier);

  /** The multiplier as q * 2^(shift - 31), 2^30 <= q < 2^31. */
  private record Normalized(int q, int shift) {
    private static final int LEAST_SHIFT = -31;
    private static final int GREATEST_SHIFT = 30;

    static Normalized of(Requantization multiplier) {
      int zeros = Integer.numberOfLeadingZeros(multiplier.significand()) - 1;
      int shift = 31 - zeros - multiplier.shift();
      if (shift < LEAST_SHIFT || shift > GREATEST_SHIFT) {
        throw new InvalidArgumentException(
            "multiplier %s has the TFLite shift %d; it must be %d to %d, change the scales"
                .formatted(multiplier.multiplier(), shift, LEAST_SHIFT, GREATEST_SHIFT));
      }
      return new Normalized(multiplier.significand() << zeros, shift);
    }
  }

  /** gemmlowp's SaturatingRoundingDoublingHighMul; q is positive, so nothing saturates. */
  private static int doublingHighProduct(int a, int q) {
    long product = (long) a * q;
    long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
    return (int) ((product + nudge) / (1L << 31));
  }

  /** gemmlowp's RoundingDivideByPOT: half-away. */
  private static int dividedByPowerOfTwo(int value, int exponent) {
    long mask = (1L << exponent) - 1;
    long threshold = (mask >> 1) + (value < 0 ? 1 : 0);
    return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
  }
}
