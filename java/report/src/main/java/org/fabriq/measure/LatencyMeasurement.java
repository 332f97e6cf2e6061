// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.kernel.KernelType;
import org.fabriq.model.Network;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerTimes;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.StageTimes.Cycles;
import org.fabriq.tensor.Float32Tensor;

/**
 * Measures one layer on a device and on its opponents. In every round each side runs once, in turn,
 * so drift of the machine hits them alike; a side that needs much longer than the others takes part
 * in every eighth round beyond the first 30. Rounds are not counted until the medians of two
 * windows of 16 rounds agree within 5 %, or a third of the time is over.
 */
public final class LatencyMeasurement {
  private static final int WINDOW = 16;
  private static final double STEADY = 1.05;
  private static final int SLOW = 50;
  private static final int SLOW_ROUNDS = 8;
  private static final int LEAST_ROUNDS = 10;

  private final KernelType type;
  private final int k;
  private final int n;
  private final int rounds;
  private final long nanos;

  /**
   * Plans.
   *
   * @param k inputs of the layer
   * @param n outputs of the layer
   * @param rounds to measure at each batch
   * @param nanos the longest time at each batch; up to 30 rounds may take four times that, and 10
   *     are measured whatever they take
   */
  public LatencyMeasurement(KernelType type, int k, int n, int rounds, long nanos) {
    this.type = type;
    this.k = k;
    this.n = n;
    this.rounds = rounds;
    this.nanos = nanos;
  }

  /** Measures one batch; the first device is the one the others are opponents of. */
  public LatencyResult.Point measure(int batch, List<Device> devices) {
    Network network = LayerWorkload.network(k, n);
    LayerKernel kernel = LayerWorkload.kernel(type, network);
    Float32Tensor x = LayerWorkload.random(batch, k);
    List<Contender> contenders = new ArrayList<>();
    try {
      devices.forEach(device -> contenders.add(new Contender(network, kernel, device, batch)));
      NoiseWatch noise = new NoiseWatch();
      warmUp(contenders, x, noise);
      NoiseWatch measured = new NoiseWatch();
      Rounds measuring = new Rounds(rounds, LEAST_ROUNDS, nanos);
      while (measuring.next()) {
        measured.beat();
        for (Contender contender : contenders) {
          if (measuring.wanted() || measuring.begun() % contender.every == 0) {
            contender.run(x);
            contender.series.add(List.of(contender.times));
          }
        }
      }
      List<LatencyResult.Side> sides = contenders.stream().map(Contender::side).toList();
      long samples = sides.stream().mapToLong(LatencyResult.Side::samples).min().orElse(0);
      return new LatencyResult.Point(batch, measured.judge(samples), sides);
    } finally {
      contenders.forEach(contender -> contender.plan.close());
    }
  }

  private void warmUp(List<Contender> contenders, Float32Tensor x, NoiseWatch noise) {
    long start = System.nanoTime();
    double before = 0;
    boolean steady = false;
    while (!steady && System.nanoTime() - start < nanos / 3) {
      LatencySeries window = new LatencySeries();
      for (int i = 0; i < WINDOW && System.nanoTime() - start < nanos / 3; i++) {
        noise.beat();
        for (Contender contender : contenders) {
          contender.run(x);
          window.add(List.of(contender.times));
          contender.least = Math.min(contender.least, contender.times.totalNanos());
        }
      }
      double median = window.micros(50);
      steady = Math.max(median, before) <= STEADY * Math.min(median, before);
      before = median;
    }
    long fastest = contenders.stream().mapToLong(contender -> contender.least).min().orElse(1);
    contenders.forEach(
        contender -> contender.every = contender.least / SLOW > fastest ? SLOW_ROUNDS : 1);
  }

  /** One side: its layer in place, and what was measured of it. */
  private static final class Contender {
    private final Device device;
    private final NetworkPlan plan;
    private final LayerTimes[] stepTimes = {new LayerTimes()};
    private final LayerTimes times = stepTimes[0];
    private final LatencySeries series = new LatencySeries();
    private long least = Long.MAX_VALUE;
    private int every = 1;

    Contender(Network network, LayerKernel kernel, Device device, int batch) {
      this.device = device;
      this.plan = NetworkPlan.of(network, layer -> new KernelPlace(kernel, device), batch);
    }

    void run(Float32Tensor x) {
      plan.run(x, stepTimes);
    }

    LatencyResult.Side side() {
      return new LatencyResult.Side(
          device.address(),
          device.description(),
          simulated(device.address()),
          series.count(),
          series.micros(50),
          series.micros(95),
          series.micros(99),
          series.spread(),
          series.stages(),
          series.cycles(Cycles.BUSY),
          device.clockMhz().orElse(0));
    }
  }

  /** Devices whose kernels run on this CPU instead of on an FPGA. */
  public static boolean simulated(String address) {
    return address.startsWith("emulation") || address.contains("_emu");
  }
}
