// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.fabriq.plan.LayerTimes;

/** Latencies of one side at one batch, whole and by stage, to three digits; cycles exactly. */
final class LatencySeries {
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Histogram total = new Histogram(LONGEST_NANOS, 3);
  private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);
  private final List<Long> cycles = new ArrayList<>();

  LatencySeries() {
    for (Stage stage : Stage.values()) {
      stages.put(stage, new Histogram(LONGEST_NANOS, 3));
    }
  }

  void add(LayerTimes times) {
    record(total, times.totalNanos());
    stages.forEach(
        (stage, histogram) -> {
          if (stage.nanos(times) >= 0) {
            record(histogram, stage.nanos(times));
          }
        });
    if (times.stages().cycles() >= 0) {
      cycles.add(times.stages().cycles());
    }
  }

  private static void record(Histogram histogram, long value) {
    histogram.recordValue(Math.min(LONGEST_NANOS, Math.max(0, value)));
  }

  long count() {
    return total.getTotalCount();
  }

  double micros(double percentile) {
    return total.getValueAtPercentile(percentile) / 1000.0;
  }

  /** Whether the device has a stage. */
  boolean has(Stage stage) {
    return stages.get(stage).getTotalCount() > 0;
  }

  /** Median of a stage. */
  double micros(Stage stage) {
    return stages.get(stage).getValueAtPercentile(50) / 1000.0;
  }

  /** Median cycles of the kernel, the lower of two; -1 where the device cannot tell. */
  long cycles() {
    return cycles.isEmpty()
        ? -1
        : cycles.stream().sorted().skip((cycles.size() - 1) / 2).findFirst().orElseThrow();
  }
}
