// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

/**
 * The SplitMix64 generator, written out so that its sequence is part of FabriQ and not of a JDK.
 *
 * <p>Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014. The sequence of {@link #nextLong()} is that of {@link java.util.SplittableRandom} in the
 * JDKs so far. Not safe for use by several threads.
 */
final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double ULP_OF_UNIT = 0x1.0p-53;

  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  /** A bijection of the 64-bit integers whose outputs look random. */
  static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
    return y ^ (y >>> 31);
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A value in [low, high), from 53 random bits. */
  double uniform(double low, double high) {
    return low + (high - low) * ((nextLong() >>> 11) * ULP_OF_UNIT);
  }

  /** An integer in [0, bound); bound is 1..65,536, which keeps the bias below 2^-47. */
  int below(int bound) {
    return (int) (((nextLong() >>> 16) * bound) >>> 48);
  }

  /**
   * A value of mean 0 and deviation 1, bounded by 3.47: the centred sum of four 16-bit uniform
   * values of one draw, which needs no logarithm or root.
   */
  double bell() {
    long bits = nextLong();
    long sum =
        (bits & 0xffff) + ((bits >>> 16) & 0xffff) + ((bits >>> 32) & 0xffff) + (bits >>> 48);
    return (sum - 131_070) * (1.7320508075688772 / 65_536);
  }
}
