// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.fabriq.plan.LayerTimes;
import org.fabriq.runtime.StageTimes.Cycles;

/**
 * Latencies of one or several layers on one side at one batch, whole and by stage, to three digits;
 * cycles exactly. For use by one thread.
 */
public final class LatencySeries {
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Histogram total = new Histogram(LONGEST_NANOS, 3);
  private final Histogram activation = new Histogram(LONGEST_NANOS, 3);
  private final Map<DispatchStage, Histogram> stages = new EnumMap<>(DispatchStage.class);
  private final Map<Cycles, List<Long>> cycles = new EnumMap<>(Cycles.class);

  /** Empty. */
  public LatencySeries() {
    for (DispatchStage stage : DispatchStage.values()) {
      stages.put(stage, new Histogram(LONGEST_NANOS, 3));
    }
    for (Cycles kind : Cycles.values()) {
      cycles.put(kind, new ArrayList<>());
    }
  }

  /** Adds a run: the sum over its layers. */
  public void add(List<LayerTimes> layers) {
    long whole = 0;
    long activations = 0;
    for (LayerTimes times : layers) {
      whole += times.totalNanos();
      activations += times.activationNanos();
    }
    record(total, whole);
    record(activation, activations);
    stages.forEach((stage, histogram) -> add(stage, histogram, layers));
    cycles.forEach((kind, counts) -> add(kind, counts, layers));
  }

  /**
   * Adds a run of a whole network by the time that it took from end to end.
   *
   * @param wholeNanos of the run
   * @param dispatches its times on devices; what is not in them is in the stage {@link
   *     DispatchStage#REST}. None of what has no stages
   */
  public void add(long wholeNanos, List<LayerTimes> dispatches) {
    record(total, wholeNanos);
    record(activation, 0);
    long rest = wholeNanos;
    for (DispatchStage stage : DispatchStage.values()) {
      if (stage != DispatchStage.REST) {
        rest -= add(stage, stages.get(stage), dispatches);
      }
    }
    if (!dispatches.isEmpty()) {
      record(stages.get(DispatchStage.REST), rest);
      cycles.forEach((kind, counts) -> add(kind, counts, dispatches));
    }
  }

  /** A stage that some of the layers have; gives its nanoseconds. */
  private static long add(DispatchStage stage, Histogram histogram, List<LayerTimes> layers) {
    long sum = 0;
    boolean there = false;
    for (LayerTimes times : layers) {
      long nanos = stage.nanos(times);
      there |= nanos >= 0;
      sum += Math.max(0, nanos);
    }
    if (there) {
      record(histogram, sum);
    }
    return sum;
  }

  /** Cycles that the device told of all layers. */
  private static void add(Cycles kind, List<Long> counts, List<LayerTimes> layers) {
    long sum = 0;
    for (LayerTimes times : layers) {
      long count = times.stages().cycles(kind);
      if (count < 0) {
        return;
      }
      sum += count;
    }
    counts.add(sum);
  }

  private static void record(Histogram histogram, long value) {
    histogram.recordValue(Math.min(LONGEST_NANOS, Math.max(0, value)));
  }

  /** Runs added. */
  public long count() {
    return total.getTotalCount();
  }

  /** Microseconds below which {@code percentile} percent of the runs stayed. */
  public double micros(double percentile) {
    return micros(total, percentile);
  }

  /**
   * How far the runs spread: their interquartile range over their median, 0.05 for 5 %; 0 for a
   * median of 0.
   */
  public double spread() {
    return spread(total);
  }

  static double spread(Histogram histogram) {
    double median = micros(histogram, 50);
    double range = micros(histogram, 75) - micros(histogram, 25);
    return median > 0 ? range / median : 0;
  }

  /** Median microseconds of the stages that layers and device have. */
  public Map<DispatchStage, Double> stages() {
    Map<DispatchStage, Double> medians = new EnumMap<>(DispatchStage.class);
    stages.forEach(
        (stage, histogram) -> {
          if (histogram.getTotalCount() > 0) {
            medians.put(stage, micros(histogram, 50));
          }
        });
    return medians;
  }

  /** Median microseconds of the activation functions, which are not in the whole. */
  public double activationMicros() {
    return micros(activation, 50);
  }

  private static double micros(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1000.0;
  }

  /** Median cycles of the kernels, the lower of two; -1 where the device cannot tell. */
  public long cycles(Cycles kind) {
    List<Long> counts = cycles.get(kind);
    return counts.isEmpty()
        ? -1
        : counts.stream().sorted().skip((counts.size() - 1) / 2).findFirst().orElseThrow();
  }
}
