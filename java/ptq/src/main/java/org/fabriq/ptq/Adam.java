// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

/**
 * Adam with beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 and a fixed rate: m = beta1 m + (1 - beta1)
 * g, v = beta2 v + (1 - beta2) g^2, parameter -= rate * (m / (1 - beta1^t)) / (sqrt(v / (1 -
 * beta2^t)) + epsilon).
 *
 * <p>Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final float[] mean;
  private final float[] square;
  private int step;

  Adam(int parameters, double rate) {
    this.rate = rate;
    this.mean = new float[parameters];
    this.square = new float[parameters];
  }

  /** Moves the parameters against their gradient. */
  void step(float[] parameters, float[] gradient) {
    step++;
    float unbias1 = (float) (rate / (1 - Math.pow(BETA1, step)));
    float unbias2 = (float) (1 / (1 - Math.pow(BETA2, step)));
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      mean[i] = (float) BETA1 * mean[i] + (float) (1 - BETA1) * g;
      square[i] = (float) BETA2 * square[i] + (float) (1 - BETA2) * g * g;
      float root = (float) Math.sqrt(square[i] * unbias2);
      parameters[i] -= unbias1 * mean[i] / (root + (float) EPSILON);
    }
  }
}
