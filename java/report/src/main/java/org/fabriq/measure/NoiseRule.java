// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * Decides what is noise, by what was observed while times were measured. It never takes what it
 * could not observe for quiet: too few samples, or no word about other programs, are findings.
 *
 * @param processors that the JVM may use
 * @param load of the last minute when it began, negative if unknown
 * @param others processors that other programs took meanwhile, 1 for all of one; empty if unknown
 * @param beats nanoseconds of the same piece of arithmetic, in order
 * @param samples runs of the side that was measured least often
 */
record NoiseRule(
    int processors, double load, OptionalDouble others, List<Long> beats, long samples) {
  /**
   * From as many on the median is known: that of the machine lies between the 10th and the 21st of
   * 30 with 95 % confidence (binomial distribution), within the middle third; and the 95th
   * percentile is not the longest sample. Of 5 samples no such interval exists.
   */
  static final int LEAST_SAMPLES = 30;

  /** Quartiles and halves of fewer beats tell nothing. */
  private static final int LEAST_BEATS = 8;

  private static final double MOST_SPREAD = 1.15;
  private static final double MOST_DRIFT = 1.10;
  private static final double MOST_OTHERS = 0.1;

  /** Says whether so many samples are too few. */
  static Noise ofSamples(long samples) {
    return samples >= LEAST_SAMPLES
        ? Noise.NONE
        : new Noise(
            List.of(
                "%d sample%s, fewer than %d"
                    .formatted(samples, samples == 1 ? "" : "s", LEAST_SAMPLES)));
  }

  /** Judges. */
  Noise noise() {
    List<String> findings = new ArrayList<>(ofSamples(samples).findings());
    if (others.orElse(0) > MOST_OTHERS) {
      findings.add(
          "other programs took %.0f %% of a processor".formatted(100 * others.getAsDouble()));
    } else if (others.isEmpty() && load > processors) {
      findings.add("load %.1f on %d processors when it began".formatted(load, processors));
    } else if (others.isEmpty() && load < 0) {
      findings.add("the system does not tell what other programs took");
    }
    if (beats.size() >= LEAST_BEATS) {
      addBeats(findings);
    } else if (samples >= LEAST_SAMPLES) {
      findings.add(
          "fixed work was timed %d times, fewer than %d".formatted(beats.size(), LEAST_BEATS));
    }
    return new Noise(findings);
  }

  private void addBeats(List<String> findings) {
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

  private static Histogram histogram(List<Long> values) {
    Histogram histogram = new Histogram(3);
    values.forEach(value -> histogram.recordValue(Math.max(0, value)));
    return histogram;
  }
}
