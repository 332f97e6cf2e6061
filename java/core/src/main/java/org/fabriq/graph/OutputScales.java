// SPDX-License-Identifier: Apache-2.0
package org.fabriq.graph;

import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Requantization;

/**
 * Where the scale of a layer's int8 outputs comes from. S_A is that of its inputs, S_W[n] that of
 * its weights, S_T the one that calibration found for its outputs.
 */
public enum OutputScales {
  /** S_C = S_T, and M[n] = S_A * S_W[n] / S_C. Weights may be per channel. */
  CALIBRATED {
    @Override
    Encoding outputs(float inputScale, float weightScale, Encoding target) {
      return target;
    }

    @Override
    Requantization multiplier(float inputScale, float weightScale, Encoding target) {
      return Requantization.of(inputScale, weightScale, target.scale(0));
    }
  },

  /**
   * M = S_A * S_W / S_T as fp32 is the layer's own factor, and S_C = S_A * S_W / M follows from it:
   * the scale of a layer is the product of the scales and factors before it. Weights are per
   * tensor. As courses on CNN accelerators do it, where a layer multiplies its accumulators by an
   * output scale.
   */
  ACCUMULATED {
    @Override
    Encoding outputs(float inputScale, float weightScale, Encoding target) {
      return accumulated(
          inputScale, weightScale, target, multiplier(inputScale, weightScale, target));
    }

    @Override
    Requantization multiplier(float inputScale, float weightScale, Encoding target) {
      return CALIBRATED.multiplier(inputScale, weightScale, target);
    }
  },

  /**
   * As {@link #ACCUMULATED}, with M the greatest power of two that is not above it: a plain shift.
   * S_C is up to twice S_T, so the calibrated range stays covered, at the price of up to one bit.
   */
  ACCUMULATED_SHIFTS {
    @Override
    Encoding outputs(float inputScale, float weightScale, Encoding target) {
      return accumulated(
          inputScale, weightScale, target, multiplier(inputScale, weightScale, target));
    }

    @Override
    Requantization multiplier(float inputScale, float weightScale, Encoding target) {
      float factor = CALIBRATED.multiplier(inputScale, weightScale, target).multiplier();
      return Requantization.ofPowerOfTwo(-Math.getExponent(factor));
    }
  };

  /** What the codes of the outputs stand for. */
  abstract Encoding outputs(float inputScale, float weightScale, Encoding target);

  /** M for one output. */
  abstract Requantization multiplier(float inputScale, float weightScale, Encoding target);

  private static Encoding accumulated(
      float inputScale, float weightScale, Encoding target, Requantization multiplier) {
    double scale = (double) inputScale * weightScale / multiplier.multiplier();
    return new Encoding(
        target.bits(),
        target.signed(),
        target.narrow(),
        new float[] {(float) scale},
        target.zeroPoints());
  }

  /**
   * Checks that weights are of a form this scheme takes.
   *
   * @throws InvalidArgumentException if they are per channel and must not be
   */
  void check(String layer, Encoding weights) {
    if (this != CALIBRATED && weights.perChannel()) {
      throw new InvalidArgumentException(
          "layer %s: weights per channel with scales %s; quantize them per tensor"
              .formatted(layer, this));
    }
  }
}
