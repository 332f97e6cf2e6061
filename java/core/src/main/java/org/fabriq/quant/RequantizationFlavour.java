// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import org.fabriq.InvalidArgumentException;

/**
 * The ways in which the field multiplies an int32 accumulator by a real multiplier with integers
 * only. FabriQ's kernels compute {@link #EXACT}; the others are there to compare with, and to
 * reproduce models made for TensorFlow Lite.
 *
 * <p>The two TFLite flavours hold the multiplier as a {@link FixedPointMultiplier}, which is exact
 * for every fp32 value, and take shifts of -31 to 30. Sources: Jacob et al., <i>Quantization and
 * Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference</i> (2018), section
 * 2.2; gemmlowp, {@code fixedpoint.h}; TensorFlow Lite, {@code kernels/internal/common.h}.
 */
public enum RequantizationFlavour {
  /** One rounding, half-even, of the exact product: {@link Requantization}. */
  EXACT("exact") {
    @Override
    public long apply(int acc, Requantization multiplier) {
      return multiplier.apply(acc);
    }
  },

  /**
   * Two roundings: a saturating doubling high multiply (half-up in magnitude of the 62-bit product,
   * ties of negative products toward zero), then a division by a power of two, half-away.
   */
  TFLITE_DOUBLE_ROUNDING("tflite, double rounding") {
    @Override
    public long apply(int acc, Requantization multiplier) {
      return FixedPointMultiplier.of(multiplier).doubleRounding(acc);
    }
  },

  /** One rounding of the 62-bit product, half-up. */
  TFLITE_SINGLE_ROUNDING("tflite, single rounding") {
    @Override
    public long apply(int acc, Requantization multiplier) {
      return FixedPointMultiplier.of(multiplier).singleRounding(acc);
    }
  };

  private final String words;

  RequantizationFlavour(String words) {
    this.words = words;
  }

  /** The words for people, as {@code tflite, single rounding}. */
  @Override
  public String toString() {
    return words;
  }

  /**
   * The rounded product acc * M.
   *
   * @return for the TFLite flavours the int32 arithmetic of the original, which wraps where acc *
   *     2^shift leaves int32 (double rounding)
   * @throws InvalidArgumentException if a TFLite flavour has no shift for the multiplier
   */
  public abstract long apply(int acc, Requantization multiplier);
}
