// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.measure.NetworkMeasurement;
import org.fabriq.measure.NetworkSide;
import org.fabriq.measure.PlannedNetwork;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.plan.Launch;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;

/** Measures whole networks for {@code fabriq latency --networks}. */
final class NetworkLatencyRun {
  private final List<Integer> batches;
  private final int samples;
  private final long nanos;
  private final Double clock;
  private final NetworkLatencyTable table;
  private final PrintWriter out;

  /**
   * Prepares.
   *
   * @param clock by which cycles are time, in megahertz; null for that of the xclbin
   */
  NetworkLatencyRun(
      List<Integer> batches,
      int samples,
      long nanos,
      Double clock,
      NetworkLatencyTable table,
      PrintWriter out) {
    this.batches = batches;
    this.samples = samples;
    this.nanos = nanos;
    this.clock = clock;
    this.table = table;
    this.out = out;
  }

  /**
   * Measures a network.
   *
   * @param name what tables call it
   * @param devices the first in all ways that it can, the others layer by layer
   * @param progress told the points done, {@code done} of which are there already
   */
  NetworkLatency measure(
      String name,
      IntegerNetwork network,
      List<Launch> launches,
      List<Device> devices,
      Progress progress,
      long done) {
    PlannedNetwork planned = PlannedNetwork.of(network, OverlayTarget.DEFAULT);
    NetworkLatency heading = new NetworkLatency(name, network.toString(), planned, List.of());
    table.network(heading);
    List<NetworkSide> sides = sides(network, launches, devices);
    NetworkMeasurement measurement = new NetworkMeasurement(network, samples, nanos);
    List<NetworkLatency.Point> points = new ArrayList<>();
    for (int batch : batches) {
      NetworkLatency.Point point = measurement.measure(batch, sides);
      points.add(clock == null ? point : point.at(clock));
      table.point(heading, points.get(points.size() - 1));
      progress.stepTo(done + points.size());
    }
    return new NetworkLatency(name, network.toString(), planned, points);
  }

  private List<NetworkSide> sides(
      IntegerNetwork network, List<Launch> launches, List<Device> devices) {
    List<NetworkSide> sides = new ArrayList<>();
    Device device = devices.get(0);
    if (launches.contains(Launch.NETWORK) && takes(network, device)) {
      sides.add(new NetworkSide.OnDevice(device, Launch.NETWORK));
    }
    if (launches.contains(Launch.LAYER)) {
      sides.add(new NetworkSide.OnDevice(device, Launch.LAYER));
    }
    for (Device opponent : devices.subList(1, devices.size())) {
      sides.add(new NetworkSide.OnDevice(opponent, Launch.LAYER));
    }
    sides.addAll(NetworkSessions.of(network));
    return sides;
  }

  /** Whether the device launches the network at once; says why where it does not. */
  private boolean takes(IntegerNetwork network, Device device) {
    if (device.overlay().isEmpty()) {
      out.printf("no launch of the whole: %s takes no whole networks%n", device.address());
      return false;
    }
    try {
      NetworkPlan.checkLaunch(network, layer -> device);
      return true;
    } catch (InvalidArgumentException e) {
      out.printf("no launch of the whole: %s%n", e.getMessage());
      return false;
    }
  }
}
