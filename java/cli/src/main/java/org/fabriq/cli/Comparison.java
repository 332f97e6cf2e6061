// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.measure.LatencySeries;
import org.fabriq.measure.NoiseWatch;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.LayerStep;
import org.fabriq.plan.LayerTimes;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;

/**
 * Measures variants of a network side by side: accuracy, bit equality, and latency against the CPU.
 */
final class Comparison {
  private static final long LONGEST_TIMING_NANOS = 3_000_000_000L;

  private final VariantPlans plans;
  private final TestSet test;
  private final Device device;
  private final Device cpu;
  private final int samples;
  private int[] baseline;

  /**
   * Prepares.
   *
   * @param samples batches to time on each side
   */
  Comparison(VariantPlans plans, TestSet test, Device device, Device cpu, int samples) {
    this.plans = plans;
    this.test = test;
    this.device = device;
    this.cpu = cpu;
    this.samples = samples;
  }

  /** Measures one variant; {@link Variant#F32} must be the first. */
  VariantResult measure(Variant variant) {
    Device where = variant == Variant.F32 ? cpu : device;
    try (InferencePlan plan = plans.plan(variant, where, cpu, test.batch());
        InferencePlan opponent = plans.plan(variant, cpu, cpu, test.batch())) {
      int[] predictions;
      try (Progress progress = new Progress(variant.label() + " images", test.count())) {
        predictions = test.predict(plan, progress::stepTo);
      }
      if (variant == Variant.F32) {
        baseline = predictions;
      }
      long mismatches = 0;
      try (Progress progress = new Progress(variant.label() + " check", test.batches())) {
        for (int i = 0; i < test.batches(); i++) {
          mismatches += plan.mismatches(test.batch(i), plans.layers());
          progress.stepTo(i + 1);
        }
      }
      LatencySeries latency = new LatencySeries();
      LatencySeries cpuLatency = new LatencySeries();
      List<String> noise = time(variant, plan, latency, opponent, cpuLatency);
      return new VariantResult(
          variant,
          where.address(),
          plans.scheme(variant),
          test.count(),
          test.correct(predictions),
          TestSet.agreeing(predictions, baseline),
          mismatches,
          weightBytes(plan),
          where.clockMhz().isPresent() ? where.clockMhz().getAsInt() : null,
          noise,
          latency,
          cpuLatency);
    }
  }

  /**
   * Interleaves both sides batch by batch, so that drift of the machine hits them alike. Returns
   * what was not quiet meanwhile.
   */
  private List<String> time(
      Variant variant,
      InferencePlan plan,
      LatencySeries latency,
      InferencePlan opponent,
      LatencySeries cpuLatency) {
    LayerTimes[] times = new LayerTimes[plans.model().layers().size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = new LayerTimes();
    }
    int full = Math.max(1, test.count() / test.batch());
    NoiseWatch noise = new NoiseWatch();
    try (Progress progress = new Progress(variant.label() + " timing", samples)) {
      int warmUp = samples / 2;
      long start = System.nanoTime();
      for (int n = -warmUp; n < samples; n++) {
        if (n == 0) {
          noise = new NoiseWatch();
        }
        noise.beat();
        Float32Tensor x = test.batch(Math.floorMod(n, full));
        plan.run(x, times);
        if (n >= 0) {
          latency.add(placed(times));
        }
        opponent.run(x, times);
        if (n >= 0) {
          cpuLatency.add(placed(times));
          progress.stepTo(Math.min(n, samples));
        }
        if (n < 0 && System.nanoTime() - start > LONGEST_TIMING_NANOS / 3) {
          n = -1;
        } else if (n > 0 && System.nanoTime() - start > LONGEST_TIMING_NANOS) {
          break;
        }
      }
    }
    return noise.findings();
  }

  private List<LayerTimes> placed(LayerTimes[] times) {
    List<LayerTimes> placed = new ArrayList<>();
    plans.layers().forEach(i -> placed.add(times[i]));
    return placed;
  }

  private long weightBytes(InferencePlan plan) {
    long bytes = 0;
    for (int i : plans.layers()) {
      LayerStep step = plan.steps().get(i);
      bytes += step.kernel().weights().b().memory().limit();
    }
    return bytes;
  }
}
