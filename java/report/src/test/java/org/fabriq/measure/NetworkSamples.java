// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.List;
import java.util.Map;
import org.fabriq.measure.NetworkLatency.Point;
import org.fabriq.measure.NetworkLatency.Side;
import org.fabriq.measure.NetworkLatency.Way;
import org.fabriq.measure.PlannedNetwork.Program;
import org.fabriq.runtime.StageTimes.Cycles;

/** Whole networks with hand-made figures. */
public final class NetworkSamples {
  /** 512,000 multiplications; 1,000 bytes in and 24 out for an image. */
  public static final PlannedNetwork PLANNED =
      new PlannedNetwork(
          "zynq",
          512_000,
          1_000,
          24,
          List.of(new Program(1, 2_000, 1_500), new Program(4, 4_400, 4_000)),
          List.of());

  private NetworkSamples() {}

  private static LatencyResult.Side times(
      String address, boolean simulated, double p50, long cycles) {
    return new LatencyResult.Side(
        address,
        "what \"it\" is",
        simulated,
        40,
        p50,
        2 * p50,
        3 * p50,
        0.05,
        simulated
            ? Map.of(DispatchStage.KERNEL, p50 / 2, DispatchStage.REST, 0.5)
            : Map.<DispatchStage, Double>of(),
        cycles,
        cycles < 0 ? 0 : 100);
  }

  /** A device that counts, and a session with one thread and with two. */
  public static Point point(int batch, Noise noise, double session) {
    Map<Cycles, Long> cycles =
        Map.of(
            Cycles.BUSY, 2_100L * batch,
            Cycles.COMPUTING, 1_500L * batch,
            Cycles.STALLED_ON_A, 40L,
            Cycles.STALLED_ON_B, 50L,
            Cycles.STALLED_ON_C, 60L);
    return new Point(
        batch,
        noise,
        List.of(
            new Side(Way.NETWORK, times("xrt:hw_emu", true, 9_000, 2_100L * batch), cycles),
            new Side(Way.LAYER, times("xrt:hw_emu", true, 20_000, -1), Map.of()),
            new Side(Way.SESSION, times("onnxruntime", false, session, -1), Map.of()),
            new Side(
                Way.SESSION, times("onnxruntime?threads=2", false, session / 2, -1), Map.of())));
  }

  /** A network at batches 1 and 10. */
  public static NetworkLatency network(Noise noise) {
    return new NetworkLatency(
        "kws",
        "input - conv1 - output",
        PLANNED,
        List.of(point(1, noise, 90), point(10, noise, 400)));
  }

  /** A network that is no program, measured layer by layer. */
  public static NetworkLatency without() {
    PlannedNetwork none =
        new PlannedNetwork("zynq", 0, 0, 0, List.of(), List.of("too many weights", "no form"));
    Side layers = new Side(Way.LAYER, times("cpu", false, 80, -1), Map.of());
    Side session = new Side(Way.SESSION, times("onnxruntime", false, 70, -1), Map.of());
    return new NetworkLatency(
        "wide",
        "input - join - output",
        none,
        List.of(new Point(1, Noise.NONE, List.of(layers, session))));
  }
}
