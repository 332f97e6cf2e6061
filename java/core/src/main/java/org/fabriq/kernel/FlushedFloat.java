// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

/**
 * The contract's fp32 arithmetic: IEEE-754 binary32, half-even, with subnormal inputs and results
 * replaced by zeros of their sign, as an FPGA's floating-point operators do. Infinities and NaN
 * follow IEEE.
 *
 * <p>A result is subnormal if rounding it to 24 bits with unbounded exponent gives less than
 * 2^-126: tininess is detected after rounding, as SSE does.
 */
public final class FlushedFloat {
  /** 2^-126 - 2^-151: what is nearer to 2^-126 rounds to it, ties included. */
  private static final double TINY = 0x1.ffffffp-127;

  private FlushedFloat() {}

  /** x, or a zero of its sign if x is subnormal. */
  public static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? Math.copySign(0f, x) : x;
  }

  /** fl(x + y). A sum in the subnormal range is exact, so rounding cannot lift it out of it. */
  public static float add(float x, float y) {
    return flush(flush(x) + flush(y));
  }

  /** fl(x * y). The product is exact in double, so it is rounded once. */
  public static float multiply(float x, float y) {
    double exact = (double) flush(x) * flush(y);
    return Math.abs(exact) < TINY ? (float) Math.copySign(0.0, exact) : (float) exact;
  }
}
