// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

/**
 * h(v) = clamp(1.2 * sigmoid(v) - 0.1, 0, 1): a sigmoid that reaches 0 and 1, and stays there with
 * slope 0.
 *
 * <p>Source: C. Louizos et al., "Learning Sparse Neural Networks through L0 Regularization", 2018;
 * as {@link AdaRound} uses it.
 */
final class RectifiedSigmoid {
  private static final float STRETCH = 1.2f;
  private static final float BELOW = 0.1f;

  private RectifiedSigmoid() {}

  static float sigmoid(float v) {
    return (float) (1 / (1 + Math.exp(-v)));
  }

  /** h of a sigmoid's value. */
  static float value(float sigmoid) {
    return Math.max(0, Math.min(1, STRETCH * sigmoid - BELOW));
  }

  /** dh/dv at a sigmoid's value. */
  static float slope(float sigmoid) {
    float h = STRETCH * sigmoid - BELOW;
    return h > 0 && h < 1 ? STRETCH * sigmoid * (1 - sigmoid) : 0;
  }

  /** The v with h(v) = y, for y from 0 to 1. */
  static double inverse(double y) {
    double sigmoid = (y + BELOW) / STRETCH;
    return Math.log(sigmoid / (1 - sigmoid));
  }
}
