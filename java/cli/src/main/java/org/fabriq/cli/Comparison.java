// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.measure.LatencySeries;
import org.fabriq.measure.Noise;
import org.fabriq.measure.NoiseWatch;
import org.fabriq.measure.Rounds;
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
  private static final long LONGEST_WARM_UP_NANOS = 1_000_000_000L;
  private static final long WARM_UP_NANOS_PER_SAMPLE = 2_000_000L;

  private final VariantPlans plans;
  private final TestSet test;
  private final Device device;
  private final Device cpu;
  private final int samples;
  private final List<Float32Tensor> timed;
  private final Screen screen;
  private Predictions baseline;

  /**
   * Prepares.
   *
   * @param samples batches to time on each side
   * @param screen for bars
   */
  Comparison(
      VariantPlans plans, TestSet test, Device device, Device cpu, int samples, Screen screen) {
    this.plans = plans;
    this.test = test;
    this.device = device;
    this.cpu = cpu;
    this.samples = samples;
    this.timed = test.full(samples);
    this.screen = screen;
  }

  /** Measures one variant; {@link Variant#F32} must be the first. */
  VariantResult measure(Variant variant) {
    Device where = variant == Variant.F32 ? cpu : device;
    try (InferencePlan plan = plans.plan(variant, where, cpu, test.batch());
        InferencePlan opponent = plans.plan(variant, cpu, cpu, test.batch())) {
      Predictions predictions;
      try (Progress progress = screen.progress(variant.label() + " images", test.count())) {
        predictions = test.predict(plan, progress::stepTo);
      }
      if (variant == Variant.F32) {
        baseline = predictions;
      }
      long mismatches = 0;
      try (Progress progress = screen.progress(variant.label() + " check", test.batches())) {
        for (int i = 0; i < test.batches(); i++) {
          mismatches += plan.mismatches(test.batch(i), plans.layers());
          progress.stepTo(i + 1);
        }
      }
      LatencySeries latency = new LatencySeries();
      LatencySeries cpuLatency = new LatencySeries();
      Noise noise = time(variant, plan, latency, opponent, cpuLatency);
      return new VariantResult(
          variant,
          where.address(),
          plans.scheme(variant),
          test.score(predictions, baseline),
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
   * why latencies are not to be trusted, if they are not.
   */
  private Noise time(
      Variant variant,
      InferencePlan plan,
      LatencySeries latency,
      InferencePlan opponent,
      LatencySeries cpuLatency) {
    LayerTimes[] times = new LayerTimes[plans.model().layers().size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = new LayerTimes();
    }
    warmUp(plan, opponent);
    NoiseWatch noise = new NoiseWatch();
    try (Progress progress = screen.progress(variant.label() + " timing", samples)) {
      Rounds rounds = new Rounds(samples, 1, LONGEST_TIMING_NANOS);
      while (rounds.next()) {
        noise.beat();
        Float32Tensor x = timed.get((rounds.begun() - 1) % timed.size());
        plan.run(x, times);
        latency.add(placed(times));
        opponent.run(x, times);
        cpuLatency.add(placed(times));
        progress.stepTo(rounds.begun());
      }
    }
    return noise.judge(latency.count());
  }

  /**
   * Until the JVM has compiled both sides and the watch, and {@code cpu} has chosen: 2 ms for each
   * sample.
   */
  private void warmUp(InferencePlan plan, InferencePlan opponent) {
    long nanos = Math.min(LONGEST_WARM_UP_NANOS, samples * WARM_UP_NANOS_PER_SAMPLE);
    NoiseWatch noise = new NoiseWatch();
    long start = System.nanoTime();
    for (int n = 0; System.nanoTime() - start < nanos; n++) {
      noise.beat();
      Float32Tensor x = timed.get(n % timed.size());
      plan.run(x, null);
      opponent.run(x, null);
    }
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
