// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.FloatBuffer;

/**
 * The fp32 numbers nearest to tanh, in loops that the JIT compiler vectorizes: bit for bit what
 * {@link StrictMath#tanh} narrowed to fp32 gives.
 *
 * <p>tanh x / x is Lambert's continued fraction 1 / (1 + y / (3 + y / (5 + ...))), y = x^2
 * (Abramowitz and Stegun 4.5.70), here its 17th convergent P(y) / Q(y) in double. Its coefficients
 * are positive, so nothing cancels; up to |x| = 9.2, where fp32 has reached 1, it is within 2^-39
 * of the limit. Where the double so found and its neighbours within twice that do not narrow to one
 * fp32 number, {@link StrictMath} is asked (the rounding test of Ziv, ACM TOMS 17(3), 1991).
 *
 * <p>Values go through arrays of the thread, since direct buffers are not vectorized; nothing is
 * allocated but these, once per thread.
 */
final class Tanh {
  private static final int PART = 512;
  private static final double SATURATED = 9.2;
  private static final double MARGIN = 0x1p-38;
  private static final ThreadLocal<Tanh> OF_THREAD = ThreadLocal.withInitial(Tanh::new);

  private final float[] floats = new float[PART];
  private final double[] values = new double[PART];

  private Tanh() {}

  /** Overwrites values 0 to count - 1; NaN stays NaN. */
  static void apply(FloatBuffer floats, int count) {
    Tanh parts = OF_THREAD.get();
    for (int from = 0; from < count; from += PART) {
      int part = Math.min(PART, count - from);
      floats.get(from, parts.floats, 0, part);
      widen(parts.floats, parts.values, part);
      approximate(parts.values, part);
      narrow(parts.values, parts.floats, part);
      floats.put(from, parts.floats, 0, part);
    }
  }

  private static void widen(float[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i];
    }
  }

  private static void approximate(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      double x = Math.max(-SATURATED, Math.min(SATURATED, values[i]));
      double y = x * x;
      double p = y + 11628;
      p = p * y + 21366450;
      p = p * y + 14054850810.0;
      p = p * y + 4141161399375.0;
      p = p * y + 581419060472250.0;
      p = p * y + 37554385678684875.0;
      p = p * y + 959493919812553125.0;
      p = p * y + 6332659870762850625.0;
      double q = 153 * y + 581400;
      q = q * y + 611080470;
      q = q * y + 265034329560.0;
      q = q * y + 53835098191875.0;
      q = q * y + 5179915266025500.0;
      q = q * y + 216659917377028125.0;
      q = q * y + 3070380543400170000.0;
      q = q * y + 6332659870762850625.0;
      values[i] = x * p / q;
    }
  }

  /** From approximations to fp32; {@code floats} holds the arguments before. */
  private static void narrow(double[] values, float[] floats, int count) {
    for (int i = 0; i < count; i++) {
      float below = (float) (values[i] * (1 - MARGIN));
      float above = (float) (values[i] * (1 + MARGIN));
      floats[i] = below == above ? below : (float) StrictMath.tanh(floats[i]);
    }
  }
}
