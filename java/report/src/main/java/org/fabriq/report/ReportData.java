// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import org.fabriq.measure.KnownBoard;
import org.fabriq.measure.NetworkBreakEven;
import org.fabriq.measure.NetworkLatency;
import org.fabriq.synthesis.LabFigures;

/**
 * What a report is made of: the JSON that the commands write.
 *
 * @param compare of {@code fabriq compare}
 * @param sweep of {@code fabriq sweep}
 * @param latency of {@code fabriq latency}
 * @param cycles of {@code fabriq latency} on a device that counts the kernels' cycles; a missing
 *     node where there is none
 * @param breakEven of {@code fabriq break-even}
 * @param resources of {@code fabriq resources}, the lab's figures among them
 * @param networks of {@code fabriq latency --networks}; none where they were not measured
 * @param lab the lab's figures
 * @param onlyQuiet whether times that are noisy are withheld
 */
public record ReportData(
    JsonNode compare,
    JsonNode sweep,
    JsonNode latency,
    JsonNode cycles,
    JsonNode breakEven,
    JsonNode resources,
    List<NetworkLatency> networks,
    LabFigures lab,
    boolean onlyQuiet) {
  /** The kernels, as variants are called. */
  static final List<String> KERNELS = List.of("f32f32", "f32i8", "i8i8");

  /**
   * What a call of 64 x 128 x 64 takes by the kernel's clock.
   *
   * @param megahertz 0 where unknown
   */
  record Clocked(String device, long cycles, double megahertz) {
    boolean hasClock() {
      return megahertz > 0;
    }

    /** Microseconds; only where the clock is known. */
    double micros() {
      return cycles / megahertz;
    }
  }

  /** The whole networks that can be set against a session on the CPU, on all boards. */
  List<NetworkBreakEven> networkStudies() {
    return networks.stream()
        .filter(NetworkLatency::hasSession)
        .map(network -> NetworkBreakEven.of(network, KnownBoard.boards()))
        .toList();
  }

  LatencyPoints latencies() {
    return new LatencyPoints(latency);
  }

  /** A variant of the comparison, missing if it was not run. */
  JsonNode variant(String name) {
    for (JsonNode variant : compare.path("variants")) {
      if (variant.path("name").asText().equals(name)) {
        return variant;
      }
    }
    return MissingNode.getInstance();
  }

  /** Cycles of 64 x 128 x 64 that a device counted, if one did. */
  Optional<Clocked> clocked(String kernel) {
    return new LatencyPoints(cycles)
        .counting(kernel)
        .or(() -> latencies().counting(kernel))
        .map(
            side ->
                new Clocked(
                    side.path("device").asText(),
                    side.get("kernel_cycles").asLong(),
                    side.path("clock_mhz").asDouble()));
  }

  /** The first report of a synthesis tool about a kernel, by its name. */
  Optional<JsonNode> synthesized(String kernel) {
    for (JsonNode report : resources.path("reports")) {
      if (!report.path("kind").asText().equals("reference")
          && report.path("name").asText().contains(kernel)
          && report.path("used").size() > 0) {
        return Optional.of(report);
      }
    }
    return Optional.empty();
  }
}
