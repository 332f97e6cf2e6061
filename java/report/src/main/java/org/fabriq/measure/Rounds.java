// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

/**
 * Tells when a measurement has enough rounds: those asked for, or what fits a time. Fewer rounds
 * than {@link NoiseRule} wants may take four times that time, so that a slow layer is not noisy for
 * the sake of a second. For use by one thread.
 */
public final class Rounds {
  private static final int PATIENCE = 4;

  private final int asked;
  private final int least;
  private final long nanos;
  private long start;
  private int begun;

  /**
   * Plans.
   *
   * @param asked the most rounds
   * @param least rounds to measure whatever they take, if as many are asked for
   * @param nanos the time for rounds beyond those the rule wants; it begins with the first round
   */
  public Rounds(int asked, int least, long nanos) {
    this.asked = asked;
    this.least = least;
    this.nanos = nanos;
  }

  /** Whether to measure another round, which begins then. */
  public boolean next() {
    long now = System.nanoTime();
    if (begun == 0) {
      start = now;
    }
    long time = begun < NoiseRule.LEAST_SAMPLES ? PATIENCE * nanos : nanos;
    boolean next = begun < asked && (begun < least || now - start < time);
    if (next) {
      begun++;
    }
    return next;
  }

  /** Whether the round begun last is one of those that the rule wants of every side. */
  boolean wanted() {
    return begun <= NoiseRule.LEAST_SAMPLES;
  }

  /** Rounds begun so far. */
  public int begun() {
    return begun;
  }
}
