// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fabriq.measure.LatencySeries;
import org.fabriq.measure.Noise;
import org.fabriq.measure.NoiseWatch;
import org.fabriq.measure.Rounds;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.LayerTimes;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;

/**
 * Measures variants of a network side by side: accuracy, bit equality, and latency against the CPU.
 */
final class Comparison {
  private static final long LONGEST_TIMING_NANOS = 3_000_000_000L;
  private static final long LONGEST_WARM_UP_NANOS = 1_000_000_000L;
  private static final long WARM_UP_NANOS_PER_SAMPLE = 2_000_000L;

  private final Placements plans;
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
      Placements plans, TestSet test, Device device, Device cpu, int samples, Screen screen) {
    this.plans = plans;
    this.test = test;
    this.device = device;
    this.cpu = cpu;
    this.samples = samples;
    this.timed = test.full(samples);
    this.screen = screen;
  }

  /** Measures one variant; {@link Placements#baseline} must be the first. */
  ArithmeticResult measure(Arithmetic variant) {
    Device where = variant == Arithmetic.F32 ? cpu : device;
    try (NetworkPlan plan = plans.plan(variant, where, cpu, test.batch());
        NetworkPlan opponent = plans.opponent(variant, cpu, test.batch());
        ComparedSessions sessions = sessions(variant)) {
      plans.launchText(variant, plan, where).ifPresent(text -> screen.out().printf("%s%n%n", text));
      Predictions predictions;
      try (Progress progress = screen.progress(variant.label() + " images", test.count())) {
        predictions = test.predict(plan::run, progress::stepTo);
      }
      if (variant == plans.baseline()) {
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
      Noise noise = time(variant, plan, latency, opponent, cpuLatency, sessions);
      return new ArithmeticResult(
          variant,
          where.address(),
          where.simulated(),
          plans.scheme(variant),
          plans.baseline() == Arithmetic.F32
              ? test.score(predictions, baseline)
              : test.score(predictions),
          mismatches,
          plan.weightBytes(plans.layers()),
          where.clockMhz().isPresent() ? where.clockMhz().getAsInt() : null,
          noise,
          latency,
          cpuLatency,
          sessions.results());
    }
  }

  /** Of a whole integer network; none of others. */
  private ComparedSessions sessions(Arithmetic variant) {
    return plans
        .whole(variant)
        .map(network -> ComparedSessions.of(network, network.quantize(timed.get(0))))
        .orElseGet(ComparedSessions::new);
  }

  /**
   * Interleaves all sides batch by batch, so that drift of the machine hits them alike. Returns why
   * latencies are not to be trusted, if they are not.
   */
  private Noise time(
      Arithmetic variant,
      NetworkPlan plan,
      LatencySeries latency,
      NetworkPlan opponent,
      LatencySeries cpuLatency,
      ComparedSessions sessions) {
    LayerTimes[] times = plan.newTimes();
    List<Integer> placed = steps(plan, plans.layers());
    LayerTimes[] cpuTimes = opponent.newTimes();
    // A program is its layers without weights, too: these count on both sides.
    Set<String> timedLayers =
        placed.stream().flatMap(i -> plan.layers(i).stream()).collect(Collectors.toSet());
    List<Integer> cpuPlaced = steps(opponent, timedLayers);
    warmUp(plan, opponent, sessions);
    NoiseWatch noise = new NoiseWatch();
    try (Progress progress = screen.progress(variant.label() + " timing", samples)) {
      Rounds rounds = new Rounds(samples, 1, LONGEST_TIMING_NANOS);
      while (rounds.next()) {
        noise.beat();
        Float32Tensor x = timed.get((rounds.begun() - 1) % timed.size());
        plan.run(x, times);
        latency.add(placed.stream().map(i -> times[i]).toList());
        opponent.run(x, cpuTimes);
        cpuLatency.add(cpuPlaced.stream().map(i -> cpuTimes[i]).toList());
        sessions.time();
        progress.stepTo(rounds.begun());
      }
    }
    return noise.judge(latency.count());
  }

  /**
   * Until the JVM has compiled both sides and the watch, and {@code cpu} has chosen: 2 ms for each
   * sample.
   */
  private void warmUp(NetworkPlan plan, NetworkPlan opponent, ComparedSessions sessions) {
    long nanos = Math.min(LONGEST_WARM_UP_NANOS, samples * WARM_UP_NANOS_PER_SAMPLE);
    NoiseWatch noise = new NoiseWatch();
    long start = System.nanoTime();
    for (int n = 0; System.nanoTime() - start < nanos; n++) {
      noise.beat();
      Float32Tensor x = timed.get(n % timed.size());
      plan.run(x, null);
      opponent.run(x, null);
      sessions.run();
    }
  }

  /** The indices of the steps that have some of the layers. */
  private static List<Integer> steps(NetworkPlan plan, Set<String> layers) {
    return IntStream.range(0, plan.steps().size())
        .filter(i -> plan.layers(i).stream().anyMatch(layers::contains))
        .boxed()
        .toList();
  }
}
