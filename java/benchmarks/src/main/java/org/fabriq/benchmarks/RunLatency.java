// SPDX-License-Identifier: Apache-2.0
package org.fabriq.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceStage;
import org.fabriq.runtime.StageTimes;

/** Where the time of a run goes, over many runs of one thread, with percentiles. */
final class RunLatency {
  private static final int WARM_UP = 2_000;
  private static final int RUNS = 10_000;
  private static final long LONGEST_NANOS = 10_000_000_000L;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
  private static final int[][] SHAPES = {{1, 1, 1}, {64, 128, 64}};

  /** Parts of a call; the goal is for the first. */
  private static final Map<String, ToLongFunction<StageTimes>> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put(
        "start + wait",
        times ->
            times.nanos(DeviceStage.TOTAL)
                - times.nanos(DeviceStage.PACK)
                - times.nanos(DeviceStage.HOST_TO_DEVICE)
                - times.nanos(DeviceStage.DEVICE_TO_HOST));
    PARTS.put("  launch", times -> times.nanos(DeviceStage.LAUNCH));
    PARTS.put("  kernel", times -> times.nanos(DeviceStage.KERNEL));
    PARTS.put("packing of A", times -> times.nanos(DeviceStage.PACK));
    PARTS.put("sync of A", times -> times.nanos(DeviceStage.HOST_TO_DEVICE));
    PARTS.put("sync of C", times -> times.nanos(DeviceStage.DEVICE_TO_HOST));
    PARTS.put("whole call", StageTimes::callNanos);
  }

  private RunLatency() {}

  /** Argument: an address. Prints a table for each shape. */
  public static void main(String[] arguments) {
    String address = arguments[0];
    try (Device device = Device.open(address)) {
      for (int[] shape : SHAPES) {
        measure(new SmallMultiplication(device, shape[0], shape[1], shape[2]), address, shape);
      }
    }
  }

  private static void measure(SmallMultiplication multiplication, String address, int[] shape) {
    StageTimes times = new StageTimes();
    Map<String, Histogram> histograms = new LinkedHashMap<>();
    PARTS.keySet().forEach(part -> histograms.put(part, new Histogram(LONGEST_NANOS, 3)));
    for (int i = -WARM_UP; i < RUNS; i++) {
      multiplication.run(times);
      if (i >= 0) {
        PARTS.forEach(
            (part, value) ->
                histograms
                    .get(part)
                    .recordValue(Math.min(LONGEST_NANOS, Math.max(0, value.applyAsLong(times)))));
      }
    }
    System.out.printf(
        "  %d x %d x %d, int8, %,d runs%n  %-14s", shape[0], shape[1], shape[2], RUNS, "");
    for (double percentile : PERCENTILES) {
      System.out.printf(
          " %9s",
          percentile == 100
              ? "most"
              : "p"
                  + (percentile % 1 == 0
                      ? String.valueOf((int) percentile)
                      : String.valueOf(percentile)));
    }
    System.out.println();
    histograms.forEach(RunLatency::print);
    if (shape[0] == 1) {
      double goal = address.contains("hw_emu") ? 200 : 250;
      double median = histograms.get("start + wait").getValueAtPercentile(50) / 1000.0;
      System.out.printf(
          "  start + wait: median %.1f, goal below %.0f: %s%n",
          median, goal, median < goal ? "met" : "missed");
    }
  }

  private static void print(String part, Histogram histogram) {
    System.out.printf("  %-14s", part);
    for (double percentile : PERCENTILES) {
      System.out.printf(" %9.1f", histogram.getValueAtPercentile(percentile) / 1000.0);
    }
    System.out.println();
  }
}
