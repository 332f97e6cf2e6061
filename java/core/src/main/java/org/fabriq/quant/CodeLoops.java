// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Faster loops between values and codes of a byte, found with {@link java.util.ServiceLoader} on
 * the class path; the first that is available is used for all tensors. Any number of threads may
 * use it; nothing is allocated by a call.
 *
 * <p>Values are fp32, codes int8, both little-endian, direct, and at the same indices.
 */
public interface CodeLoops {
  /** The first that is available. */
  static Optional<CodeLoops> installed() {
    return ServiceLoader.load(CodeLoops.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(CodeLoops::available)
        .findFirst();
  }

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

  /**
   * Codes of accumulators from {@code from} on: clamp(halfEven(acc * M) + Z, qmin, qmax).
   *
   * @param acc N accumulators
   * @param multipliers N values of M, as {@link Requantization#multiplier()} gives them
   * @param codes N codes, written
   * @return an index up to which all is done; {@code from} plus a multiple of the lanes. What is
   *     wrong with the next ones is left to the caller: fewer than the lanes, or acc * M of one is
   *     within {@link Requantization#NEAR_TIE} of half of an odd integer
   */
  int requantize(
      int[] acc, float[] multipliers, byte[] codes, int from, int zeroPoint, int qmin, int qmax);
}
