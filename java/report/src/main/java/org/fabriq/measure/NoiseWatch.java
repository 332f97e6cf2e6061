// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Watches the machine while times are measured: between measurements the same small piece of
 * arithmetic is timed again and again. Its time depends on the processor alone, so when it spreads
 * or drifts, so does everything measured beside it. What other programs took of the processors
 * counts too; where the system does not tell, the load of the minute before has to do. {@link
 * NoiseRule} judges. For use by one thread.
 */
public final class NoiseWatch {
  private static final int WORK = 20_000;

  private final List<Long> beats = new ArrayList<>();
  private final double load = loadAverage();
  private final Optional<OtherPrograms> before = OtherPrograms.now();
  private int sink;

  /** Begins to watch. */
  public NoiseWatch() {}

  /** Load of the last minute, negative where it is unknown. */
  static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Times the piece of arithmetic once: some 20 microseconds. */
  public void beat() {
    long begin = System.nanoTime();
    int value = sink;
    for (int i = 0; i < WORK; i++) {
      value = value * 31 + i;
    }
    sink = value;
    beats.add(System.nanoTime() - begin);
  }

  /**
   * Ends the watch and judges. Where less than 200 ms have passed since it began, it waits for the
   * rest of them, because the system cannot tell of less what other programs took.
   *
   * @param samples runs of the side that was measured least often
   */
  public Noise judge(long samples) {
    return new NoiseRule(Runtime.getRuntime().availableProcessors(), load, others(), beats, samples)
        .noise();
  }

  private OptionalDouble others() {
    if (before.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      before.get().awaitLeastWindow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OtherPrograms.now().map(before.get()::until).orElse(OptionalDouble.empty());
  }
}
