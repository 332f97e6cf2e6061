// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.Arrays;
import java.util.List;
import org.fabriq.plan.LayerTimes;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.tensor.Int8Tensor;

/** The sides of a measurement of a whole network. */
final class NetworkContenders {
  private NetworkContenders() {}

  /** A plan on devices, with its images; closing it closes the plan. */
  static final class Planned implements Contender {
    private final NetworkPlan plan;
    private final Int8Tensor images;
    private final LayerTimes[] times;
    private long nanos;

    Planned(NetworkPlan plan, Int8Tensor images) {
      this.plan = plan;
      this.images = images;
      this.times = plan.newTimes();
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      plan.run(images, times);
      nanos = System.nanoTime() - start;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    /** Of steps in the host's memory no call was made; their time is in that of the whole. */
    @Override
    public void addTo(LatencySeries series) {
      series.add(
          nanos, Arrays.stream(times).filter(step -> step.stages().callNanos() > 0).toList());
    }

    @Override
    public void close() {
      plan.close();
    }
  }

  /** A session; closing it closes the session. */
  static final class InSession implements Contender {
    private final NetworkSession session;
    private long nanos;

    InSession(NetworkSession session) {
      this.session = session;
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      session.run();
      nanos = System.nanoTime() - start;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void addTo(LatencySeries series) {
      series.add(nanos, List.of());
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
