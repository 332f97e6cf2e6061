// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fabriq.resources.LabFigures;

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
 * @param lab the lab's figures
 */
public record ReportData(
    JsonNode compare,
    JsonNode sweep,
    JsonNode latency,
    JsonNode cycles,
    JsonNode breakEven,
    JsonNode resources,
    LabFigures lab) {
  /** The kernels, as variants are called. */
  static final List<String> KERNELS = List.of("f32f32", "f32i8", "i8i8");

  /** Images a lab figure is for. */
  static final int LAB_IMAGES = 10_000;

  /** Images of a call: the lab's kernels are 64 x 128 x 64. */
  static final int LAB_BATCH = 64;

  private static final int LAB_K = 128;
  private static final int LAB_N = 64;

  /**
   * What a call of 64 x 128 x 64 takes by the kernel's clock.
   *
   * @param megahertz 0 where unknown
   */
  record Clocked(String device, long cycles, double megahertz) {}

  /** Calls for 10,000 images. */
  static int labCalls() {
    return (LAB_IMAGES + LAB_BATCH - 1) / LAB_BATCH;
  }

  /** Whether some latencies were measured on a machine that was not quiet. */
  boolean noisy() {
    for (JsonNode layer : latency.path("layers")) {
      for (JsonNode point : layer.path("points")) {
        if (point.path("noise").size() > 0) {
          return true;
        }
      }
    }
    return false;
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

  /** What was measured of 64 x 128 x 64, missing if it was not. */
  JsonNode labPoint(String kernel) {
    return labPoint(latency, kernel);
  }

  /** Why the times of a point are not to be trusted; empty where they are. */
  static String noise(JsonNode point) {
    List<String> findings = new ArrayList<>();
    point.path("noise").forEach(finding -> findings.add(finding.asText()));
    return String.join(", ", findings);
  }

  private static JsonNode labPoint(JsonNode latency, String kernel) {
    for (JsonNode layer : latency.path("layers")) {
      if (layer.path("kernel").asText().equals(kernel)
          && layer.path("k").asInt() == LAB_K
          && layer.path("n").asInt() == LAB_N) {
        for (JsonNode point : layer.path("points")) {
          if (point.path("batch").asInt() == LAB_BATCH) {
            return point;
          }
        }
      }
    }
    return MissingNode.getInstance();
  }

  /** The CPU device with the least median for 64 x 128 x 64; wall time of this machine. */
  Optional<JsonNode> fastestCpu(String kernel) {
    JsonNode fastest = null;
    for (JsonNode side : labPoint(kernel).path("sides")) {
      if (side.path("device").asText().startsWith("cpu")
          && (fastest == null
              || side.path("p50_us").asDouble() < fastest.path("p50_us").asDouble())) {
        fastest = side;
      }
    }
    return Optional.ofNullable(fastest);
  }

  /** Wall seconds of that device for 10,000 images in calls of 64. */
  OptionalDouble cpuSeconds(String kernel) {
    return fastestCpu(kernel)
        .map(side -> OptionalDouble.of(labCalls() * side.path("p50_us").asDouble() / 1e6))
        .orElse(OptionalDouble.empty());
  }

  /**
   * Seconds of an FPGA for 10,000 images in calls of 64 by the break-even's launch cost and rate,
   * and counted cycles; empty without them.
   */
  OptionalDouble offloadSeconds(String kernel) {
    Optional<Clocked> counted = clocked(kernel).filter(clocked -> clocked.megahertz() > 0);
    double rate = breakEven.path("rate_gb_per_s").asDouble();
    if (counted.isEmpty() || !(rate > 0)) {
      return OptionalDouble.empty();
    }
    int element = kernel.equals("i8i8") ? 1 : Float.BYTES;
    double micros =
        breakEven.path("launch_us").asDouble()
            + element * LAB_BATCH * (LAB_K + LAB_N) / (rate * 1000)
            + counted.get().cycles() / counted.get().megahertz();
    return OptionalDouble.of(labCalls() * micros / 1e6);
  }

  /** The point of layer 2, int8 x int8, whose batch is nearest to 64; missing if there is none. */
  JsonNode splitPoint() {
    JsonNode nearest = MissingNode.getInstance();
    for (JsonNode layer : latency.path("layers")) {
      if (layer.path("kernel").asText().equals("i8i8") && layer.path("k").asInt() == LAB_K) {
        for (JsonNode point : layer.path("points")) {
          if (nearest.isMissingNode() || distance(point) < distance(nearest)) {
            nearest = point;
          }
        }
      }
    }
    return nearest;
  }

  private static int distance(JsonNode point) {
    return Math.abs(point.path("batch").asInt() - LAB_BATCH);
  }

  /** Cycles of 64 x 128 x 64 that a device counted, if one did. */
  Optional<Clocked> clocked(String kernel) {
    for (JsonNode measured : List.of(cycles, latency)) {
      for (JsonNode side : labPoint(measured, kernel).path("sides")) {
        if (side.has("kernel_cycles")) {
          return Optional.of(
              new Clocked(
                  side.path("device").asText(),
                  side.get("kernel_cycles").asLong(),
                  side.path("clock_mhz").asDouble()));
        }
      }
    }
    return Optional.empty();
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
