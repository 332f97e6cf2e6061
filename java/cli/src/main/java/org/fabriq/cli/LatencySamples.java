// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.fabriq.plan.LayerTimes;
import org.fabriq.runtime.StageTimes.Cycles;

/** Latencies of one kind of run, by stage: the sum over the placed layers, per batch. */
final class LatencySamples {
  /** Parts of a layer's time; {@link #TOTAL} is the sum of all but {@link #ACTIVATION}. */
  enum Part {
    QUANTIZE("quantize"),
    TRANSFER("transfer"),
    KERNEL("kernel"),
    DEQUANTIZE("dequantize"),
    REST("rest"),
    ACTIVATION("activation"),
    TOTAL("total");

    private final String label;

    Part(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private static final long MOST_CYCLES = 1L << 50;
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Map<Part, Histogram> histograms = new EnumMap<>(Part.class);
  private final Map<Cycles, Histogram> cycles = new EnumMap<>(Cycles.class);

  LatencySamples() {
    for (Part part : Part.values()) {
      histograms.put(part, new Histogram(LONGEST_NANOS, 3));
    }
    for (Cycles kind : Cycles.values()) {
      cycles.put(kind, new Histogram(MOST_CYCLES, 3));
    }
  }

  /** Adds one batch. */
  void add(Iterable<LayerTimes> layers) {
    long[] sums = new long[Part.values().length];
    for (LayerTimes times : layers) {
      sums[Part.QUANTIZE.ordinal()] += times.quantizeNanos();
      sums[Part.TRANSFER.ordinal()] += times.transferNanos();
      sums[Part.KERNEL.ordinal()] += times.kernelNanos();
      sums[Part.DEQUANTIZE.ordinal()] += times.dequantizeNanos();
      sums[Part.REST.ordinal()] += times.restNanos();
      sums[Part.ACTIVATION.ordinal()] += times.activationNanos();
      sums[Part.TOTAL.ordinal()] += times.totalNanos();
    }
    for (Part part : Part.values()) {
      histograms.get(part).recordValue(Math.min(LONGEST_NANOS, Math.max(0, sums[part.ordinal()])));
    }
    addCycles(layers);
  }

  /** Adds a batch's cycles of the kernels' clock, if the device told them for every layer. */
  private void addCycles(Iterable<LayerTimes> layers) {
    for (Cycles kind : Cycles.values()) {
      long sum = 0;
      for (LayerTimes times : layers) {
        long count = times.stages().cycles(kind);
        sum = count < 0 || sum < 0 ? -1 : sum + count;
      }
      if (sum >= 0) {
        cycles.get(kind).recordValue(Math.min(MOST_CYCLES, sum));
      }
    }
  }

  /** Whether cycles are known. */
  boolean hasCycles() {
    return cycles.get(Cycles.BUSY).getTotalCount() > 0;
  }

  /** Median of a batch's cycles, to three digits. */
  long cycles(Cycles kind) {
    Histogram counts = cycles.get(kind);
    return counts.lowestEquivalentValue(counts.getValueAtPercentile(50));
  }

  /** Batches measured. */
  long count() {
    return histograms.get(Part.TOTAL).getTotalCount();
  }

  /** Microseconds below which {@code percentile} percent of the batches stayed. */
  double micros(Part part, double percentile) {
    return histograms.get(part).getValueAtPercentile(percentile) / 1000.0;
  }
}
