// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Locale;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Requantization;

/**
 * Where the scale of a layer's int8 outputs comes from. S_A is that of its inputs, S_W[n] that of
 * its weights, S_T the one that calibration found for its outputs.
 */
public enum OutputScales {
  /** S_C = S_T, and M[n] = S_A * S_W[n] / S_C. Weights may be per channel. */
  CALIBRATED,

  /**
   * M = S_A * S_W / S_T as fp32 is the layer's own factor, and S_C = S_A * S_W / M follows from it:
   * the scale of a layer is the product of the scales before it, over the factors. Weights are per
   * tensor. As courses on CNN accelerators do it, where a layer multiplies its accumulators by an
   * output scale.
   */
  ACCUMULATED,

  /**
   * As {@link #ACCUMULATED}, with M the greatest power of two that is not above it: a plain shift.
   * S_C is up to twice S_T, so the calibrated range stays covered, at the price of up to one bit.
   */
  ACCUMULATED_SHIFTS;

  /** What the codes of the outputs stand for, where S_T is the scale of the target. */
  Encoding outputs(float inputScale, float weightScale, Encoding target) {
    if (this == CALIBRATED) {
      return target;
    }
    float factor = multiplier(inputScale, weightScale, target).multiplier();
    float[] scales = {(float) ((double) inputScale * weightScale / factor)};
    return target.withScales(scales);
  }

  /** M for one output. */
  Requantization multiplier(float inputScale, float weightScale, Encoding target) {
    Requantization calibrated = Requantization.of(inputScale, weightScale, target.scale(0));
    return this == ACCUMULATED_SHIFTS
        ? Requantization.ofPowerOfTwo(-Math.getExponent(calibrated.multiplier()))
        : calibrated;
  }

  /**
   * Checks that weights are of a form this scheme takes.
   *
   * @throws InvalidArgumentException if they are per channel and must not be
   */
  void check(Encoding weights) {
    if (this != CALIBRATED && weights.perChannel()) {
      throw new InvalidArgumentException(
          "weights per channel with scales %s; quantize them per tensor".formatted(this));
    }
  }

  /** As {@code accumulated-shifts}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
