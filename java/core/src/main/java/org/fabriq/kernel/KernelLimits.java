// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import org.fabriq.ShapeException;

/** The sizes every kernel supports; each is at least 1. */
public final class KernelLimits {
  /** The most rows of A. */
  public static final int MAX_M = 1 << 20;

  /** The greatest inner size: 128 * 128 * K stays below 2^31. */
  public static final int MAX_K = 131_071;

  /** The most columns of B. */
  public static final int MAX_N = 1 << 16;

  private KernelLimits() {}

  /**
   * Checks the sizes of a multiplication.
   *
   * @throws ShapeException if one is below 1 or over its limit
   */
  public static void check(KernelType type, int m, int k, int n) {
    check(type, "M", m, MAX_M, "split the batch");
    check(type, "K", k, MAX_K, "split the layer's inputs");
    check(type, "N", n, MAX_N, "split the layer's outputs");
  }

  private static void check(KernelType type, String letter, int value, int limit, String remedy) {
    if (value < 1 || value > limit) {
      throw new ShapeException(
          "%s = %,d for %s, limit 1 to %,d; %s"
              .formatted(letter, value, type.kernelName(), limit, remedy));
    }
  }
}
