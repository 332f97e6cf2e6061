// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.nio.ByteBuffer;

/**
 * Faster loops between values and codes of a byte, found with {@link java.util.ServiceLoader} on
 * the class path; the first that is available is used for all tensors. Any number of threads may
 * use it; nothing is allocated by a call.
 *
 * <p>Values are fp32, codes int8, both little-endian, direct, and at the same indices.
 */
public interface CodeLoops {
  /** Whether this JVM can run them; asked before anything else. */
  boolean available();

  /** How many values are done at once. */
  int lanes();

  /**
   * Codes of values {@code from} (included) to {@code to} (excluded): clamp(halfEven(x / S) + Z,
   * qmin, qmax).
   *
   * @return an index up to which all is done; {@code from} plus a multiple of the lanes. What is
   *     wrong with the next values is left to the caller: fewer than the lanes, or fl(x / S) of one
   *     is half of an odd integer, or NaN
   */
  int quantize(
      ByteBuffer values,
      ByteBuffer codes,
      int from,
      int to,
      float scale,
      int zeroPoint,
      int qmin,
      int qmax);

  /**
   * Values of codes {@code from} (included) to {@code to} (excluded): fl((q - Z) * S).
   *
   * @return an index up to which all is done; fewer than the lanes are left
   */
  int dequantize(ByteBuffer codes, ByteBuffer values, int from, int to, float scale, int zeroPoint);
}
