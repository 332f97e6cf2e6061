// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * Tells whether the machine was quiet: between measurements the same small piece of arithmetic is
 * timed again and again. Its time depends on the processor alone, so when it spreads or drifts, so
 * does everything measured beside it. What other programs took of the processors counts too; where
 * the system does not tell, the load of the minute before has to do. For use by one thread.
 */
public final class NoiseWatch {
  private static final int WORK = 20_000;
  private static final double MOST_SPREAD = 1.15;
  private static final double MOST_DRIFT = 1.10;
  private static final double MOST_OTHERS = 0.1;
  private static final int LEAST_BEATS = 8;

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

  /** What was not quiet since this object was made, in words; empty for a quiet machine. */
  public List<String> findings() {
    Optional<OtherPrograms> now = OtherPrograms.now();
    OptionalDouble others =
        before.isPresent() && now.isPresent()
            ? OptionalDouble.of(before.get().until(now.get()))
            : OptionalDouble.empty();
    return findings(load, Runtime.getRuntime().availableProcessors(), others, beats);
  }

  /**
   * The same of any figures.
   *
   * @param load of the last minute when it began, negative if unknown
   * @param others processors that other programs took, 1 for all of one; empty if unknown
   * @param beats nanoseconds of the fixed work, in order
   */
  static List<String> findings(
      double load, int processors, OptionalDouble others, List<Long> beats) {
    List<String> findings = new ArrayList<>();
    if (others.isEmpty() && load > processors) {
      findings.add("load %.1f on %d processors when it began".formatted(load, processors));
    }
    if (others.orElse(0) > MOST_OTHERS) {
      findings.add(
          "other programs took %.0f %% of a processor".formatted(100 * others.getAsDouble()));
    }
    if (beats.size() >= LEAST_BEATS) {
      Histogram all = histogram(beats);
      double spread =
          (double) all.getValueAtPercentile(75) / Math.max(1, all.getValueAtPercentile(25));
      if (spread > MOST_SPREAD) {
        findings.add("fixed work spreads by %.0f %%".formatted(100 * (spread - 1)));
      }
      int half = beats.size() / 2;
      double first = histogram(beats.subList(0, half)).getValueAtPercentile(50);
      double second = histogram(beats.subList(half, beats.size())).getValueAtPercentile(50);
      double drift = Math.max(first, second) / Math.max(1, Math.min(first, second));
      if (drift > MOST_DRIFT) {
        findings.add("fixed work drifts by %.0f %%".formatted(100 * (drift - 1)));
      }
    }
    return List.copyOf(findings);
  }

  private static Histogram histogram(List<Long> values) {
    Histogram histogram = new Histogram(3);
    values.forEach(value -> histogram.recordValue(Math.max(0, value)));
    return histogram;
  }
}
