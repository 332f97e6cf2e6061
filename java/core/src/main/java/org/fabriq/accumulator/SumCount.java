// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

/**
 * What sums did in an {@link Accumulator}.
 *
 * @param sums how many there were
 * @param left those of which an exact partial sum lies outside its range
 * @param wrong those of which it does not end with the exact sum
 * @param seen all exact partial sums
 */
public record SumCount(long sums, long left, long wrong, SumRange seen) {
  /** Of no sums. */
  public static final SumCount NONE = new SumCount(0, 0, 0, SumRange.NONE);

  /** Of these sums and others. */
  public SumCount plus(SumCount other) {
    return new SumCount(
        sums + other.sums, left + other.left, wrong + other.wrong, seen.with(other.seen));
  }
}
