// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.EnumMap;
import java.util.Map;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.plan.Launch;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.NetworkLibrary;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.runtime.StageTimes.Cycles;
import org.fabriq.tensor.Int8Tensor;

/** A way of computing a whole network that is to be measured. */
public sealed interface NetworkSide {
  /** Places the network for a batch. */
  Contender open(IntegerNetwork network, Int8Tensor images);

  /** What was measured of it. */
  NetworkLatency.Side side(LatencySeries series);

  /**
   * All layers on one device.
   *
   * @param launch whole networks, or layer by layer
   */
  record OnDevice(Device device, Launch launch) implements NetworkSide {
    @Override
    public Contender open(IntegerNetwork network, Int8Tensor images) {
      return new NetworkContenders.Planned(
          NetworkPlan.of(network, layer -> device, images.dimension(0), launch), images);
    }

    @Override
    public NetworkLatency.Side side(LatencySeries series) {
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
  }

  /** One session of a library. */
  final class InSession implements NetworkSide {
    private final NetworkLibrary library;
    private final byte[] model;
    private final int threads;
    private String description = "";

    /**
     * Prepares.
     *
     * @param model the network in the library's form
     * @param threads cores for one run, 1 or above
     */
    public InSession(NetworkLibrary library, byte[] model, int threads) {
      this.library = library;
      this.model = model.clone();
      this.threads = threads;
    }

    /** What a session is called, as {@code onnxruntime?threads=2}. */
    public static String address(NetworkLibrary library, int threads) {
      return library.name() + (threads == 1 ? "" : "?threads=" + threads);
    }

    @Override
    public Contender open(IntegerNetwork network, Int8Tensor images) {
      NetworkSession session = library.open(model, images, threads);
      description = session.description();
      return new NetworkContenders.InSession(session);
    }

    @Override
    public NetworkLatency.Side side(LatencySeries series) {
      return new NetworkLatency.Side(
          NetworkLatency.Way.SESSION,
          LatencyResult.Side.of(address(library, threads), description, false, series, 0),
          Map.of());
    }
  }
}
