// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fabriq.plan.Launch;
import org.fabriq.plan.LayerTimes;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.runtime.StageTimes.Cycles;
import org.fabriq.tensor.Int8Tensor;

/** The sides of a measurement of a whole network. */
final class NetworkContenders {
  private NetworkContenders() {}

  /** A plan on a device, with its images; closing it closes the plan. */
  static final class Planned extends WholeNetwork {
    private final Device device;
    private final Launch launch;
    private final NetworkPlan plan;
    private final Int8Tensor images;
    private final LayerTimes[] times;

    Planned(Device device, Launch launch, NetworkPlan plan, Int8Tensor images) {
      this.device = device;
      this.launch = launch;
      this.plan = plan;
      this.images = images;
      this.times = plan.newTimes();
    }

    @Override
    void compute() {
      plan.run(images, times);
    }

    /** Of steps in the host's memory no call was made; their time is in that of the whole. */
    @Override
    public void addTo(LatencySeries series) {
      series.add(
          nanos(), Arrays.stream(times).filter(step -> step.stages().callNanos() > 0).toList());
    }

    @Override
    NetworkLatency.Side side(LatencySeries series) {
      Map<Cycles, Long> cycles = new EnumMap<>(Cycles.class);
      for (Cycles kind : Cycles.values()) {
        if (series.cycles(kind) >= 0) {
          cycles.put(kind, series.cycles(kind));
        }
      }
      return new NetworkLatency.Side(
          launch == Launch.NETWORK ? NetworkLatency.Way.NETWORK : NetworkLatency.Way.LAYER,
          LatencyResult.Side.of(device, series),
          cycles);
    }

    @Override
    public void close() {
      plan.close();
    }
  }

  /** A session; closing it closes the session. */
  static final class InSession extends WholeNetwork {
    private final String address;
    private final NetworkSession session;

    InSession(String address, NetworkSession session) {
      this.address = address;
      this.session = session;
    }

    @Override
    void compute() {
      session.run();
    }

    @Override
    public void addTo(LatencySeries series) {
      series.add(nanos(), List.of());
    }

    @Override
    NetworkLatency.Side side(LatencySeries series) {
      return new NetworkLatency.Side(
          NetworkLatency.Way.SESSION,
          LatencyResult.Side.of(address, session.description(), false, series, 0),
          Map.of());
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
