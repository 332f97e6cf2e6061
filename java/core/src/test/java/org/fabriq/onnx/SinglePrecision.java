// SPDX-License-Identifier: Apache-2.0
package org.fabriq.onnx;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ONNX Runtime computes where the definition has real numbers: every step rounded to fp32,
 * then to an integer, half-even. A real number that fp32 rounds onto a tie is decided by the tie
 * there, and by its own side in FabriQ. That is the only way the two differ, as long as
 * accumulators stay below 2^24: rounding is monotonic and ties are fp32 numbers, so nothing is
 * rounded past one.
 */
final class SinglePrecision {
  private SinglePrecision() {}

  /** Its QuantizeLinear: x / scale in fp32. */
  static int code(float x, float scale, int zero, int qmin, int qmax) {
    return rounded(x / scale, zero, qmin, qmax);
  }

  /** Its requantization: the accumulator and its product with M in fp32. */
  static int requantized(int acc, float multiplier, int zero, int qmin, int qmax) {
    return rounded(acc * multiplier, zero, qmin, qmax);
  }

  private static int rounded(float value, int zero, int qmin, int qmax) {
    float clamped = Math.max(qmin - zero, Math.min(qmax - zero, value));
    return (int) Math.rint(clamped) + zero;
  }

  /** Whether a value lies half between two integers. */
  static boolean isTie(float value) {
    return Math.abs(value - Math.rint(value)) == 0.5;
  }

  /** Compares a requantized int8 of both with what each promises. */
  static void check(int acc, float multiplier, int zero, int theirs, int ours) {
    int expected = requantized(acc, multiplier, zero, -128, 127);
    assertThat(theirs).as("ONNX Runtime, %d * %s", acc, multiplier).isEqualTo(expected);
    boolean exact = (double) (acc * multiplier) == (double) acc * multiplier;
    if (exact || !isTie(acc * multiplier)) {
      assertThat(ours).as("%d * %s", acc, multiplier).isEqualTo(theirs);
    }
  }
}
