// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

import java.util.Arrays;
import org.fabriq.InvalidArgumentException;

/**
 * An accumulator of few bits: integers of -2^(bits-1) to 2^(bits-1) - 1.
 *
 * @param bits 2 to 32, the sign among them
 */
public record Accumulator(int bits, Overflow overflow) {
  /** What the lab's kernel has: a C++ int16 variable. */
  public static final Accumulator LAB = new Accumulator(16, Overflow.WRAP);

  private static final int LEAST_BITS = 2;
  private static final int MOST_BITS = 32;

  /**
   * Checks the bits.
   *
   * @throws InvalidArgumentException if they are outside 2 to 32
   */
  public Accumulator {
    if (bits < LEAST_BITS || bits > MOST_BITS) {
      throw new InvalidArgumentException(
          "an accumulator of %d bits, limit %d to %d; FabriQ's kernels have 32"
              .formatted(bits, LEAST_BITS, MOST_BITS));
    }
  }

  /**
   * Reads a text as {@code 16,wrap} or {@code 20,saturate}.
   *
   * @throws InvalidArgumentException if it is none
   */
  public static Accumulator parse(String text) {
    String[] words = text.split(",", -1);
    if (words.length == 2 && words[0].matches("[0-9]{1,4}")) {
      for (Overflow each : Overflow.values()) {
        if (each.word().equals(words[1])) {
          return new Accumulator(Integer.parseInt(words[0]), each);
        }
      }
    }
    throw new InvalidArgumentException(
        "accumulator '%s'; give its bits and %s, as 16,wrap"
            .formatted(
                text,
                String.join(
                    " or ", Arrays.stream(Overflow.values()).map(Overflow::word).toList())));
  }

  /** The least sum it holds. */
  public long least() {
    return -1L << bits - 1;
  }

  /** The greatest sum it holds. */
  public long greatest() {
    return ~least();
  }

  /** Whether it holds a sum. */
  public boolean holds(long sum) {
    return least() <= sum && sum <= greatest();
  }

  /** What it holds after an addition whose exact result is {@code sum}. */
  public long reduce(long sum) {
    if (overflow == Overflow.SATURATE) {
      return Math.max(least(), Math.min(greatest(), sum));
    }
    int unused = Long.SIZE - bits;
    return sum << unused >> unused;
  }

  /** How far partial sums went outside; 0 if they did not. */
  public long excess(SumRange sums) {
    return Math.max(0, Math.max(least() - sums.least(), sums.greatest() - greatest()));
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return bits + "," + overflow.word();
  }
}
