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
import org.fabriq.tensor.Float32Tensor;

/** Measures one layer on a device and on its opponents, {@linkplain TurnByTurn turn by turn}. */
public final class LatencyMeasurement {
  private final KernelType type;
  private final int k;
  private final int n;
  private final TurnByTurn turns;

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
    this.turns = new TurnByTurn(rounds, nanos);
  }

  /** Measures one batch; the first device is the one the others are opponents of. */
  public LatencyResult.Point measure(int batch, List<Device> devices) {
    Network network = LayerWorkload.network(k, n);
    LayerKernel kernel = LayerWorkload.kernel(type, network);
    Float32Tensor x = LayerWorkload.random(batch, k);
    List<Contender> contenders = new ArrayList<>();
    try {
      devices.forEach(device -> contenders.add(new LayerOnDevice(network, kernel, device, x)));
      TurnByTurn.Measured measured = turns.measure(contenders);
      List<LatencyResult.Side> sides = new ArrayList<>();
      for (int i = 0; i < devices.size(); i++) {
        sides.add(LatencyResult.Side.of(devices.get(i), measured.series().get(i)));
      }
      return new LatencyResult.Point(batch, measured.noise(), sides);
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  /** The layer in its place, with its inputs. */
  private static final class LayerOnDevice implements Contender {
    private final NetworkPlan plan;
    private final Float32Tensor x;
    private final LayerTimes[] stepTimes = {new LayerTimes()};

    LayerOnDevice(Network network, LayerKernel kernel, Device device, Float32Tensor x) {
      this.plan = NetworkPlan.of(network, layer -> new KernelPlace(kernel, device), x.dimension(0));
      this.x = x;
    }

    @Override
    public void run() {
      plan.run(x, stepTimes);
    }

    @Override
    public long nanos() {
      return stepTimes[0].totalNanos();
    }

    @Override
    public void addTo(LatencySeries series) {
      series.add(List.of(stepTimes[0]));
    }

    @Override
    public void close() {
      plan.close();
    }
  }
}
