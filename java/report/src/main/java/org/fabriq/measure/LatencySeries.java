// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.fabriq.plan.LayerTimes;

/** Latencies of one side at one batch, whole and by stage, to three digits. */
final class LatencySeries {
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Histogram total = new Histogram(LONGEST_NANOS, 3);
  private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);
  private final Histogram cycles = new Histogram(LONGEST_NANOS, 3);

  LatencySeries() {
    for (Stage stage : Stage.values()) {
      stages.put(stage, new Histogram(LONGEST_NANOS, 3));
    }
  }

  void add(LayerTimes times) {
    record(total, times.totalNanos());
    stages.forEach((stage, histogram) -> record(histogram, stage.nanos(times)));
    if (times.stages().cycles() >= 0) {
      record(cycles, times.stages().cycles());
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

  double micros(Stage stage) {
    return stages.get(stage).getValueAtPercentile(50) / 1000.0;
  }

  /** Median cycles of the kernel, -1 where the device cannot tell. */
  long cycles() {
    return cycles.getTotalCount() == 0 ? -1 : cycles.getValueAtPercentile(50);
  }
}
