// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import org.fabriq.measure.Noise;

/**
 * What a latency file has about the lab's call, 64 x 128 x 64.
 *
 * @param file of {@code fabriq latency}; a missing node where there is none
 */
record LatencyPoints(JsonNode file) {
  /** Whether some times are not to be trusted. */
  boolean noisy() {
    for (JsonNode layer : file.path("layers")) {
      for (JsonNode point : layer.path("points")) {
        if (!Noise.ofPoint(point).quiet()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Why the times of a kernel's call are not to be trusted, if they are not. */
  Noise noise(String kernel) {
    return Noise.ofPoint(labPoint(kernel));
  }

  /** The CPU device with the least median for a kernel's call; wall time of this machine. */
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

  /** The first device that counted cycles of a kernel's call. */
  Optional<JsonNode> counting(String kernel) {
    for (JsonNode side : labPoint(kernel).path("sides")) {
      if (side.has("kernel_cycles")) {
        return Optional.of(side);
      }
    }
    return Optional.empty();
  }

  /** The point of layer 2, int8 x int8, whose batch is nearest to 64; missing if there is none. */
  JsonNode splitPoint() {
    JsonNode nearest = MissingNode.getInstance();
    for (JsonNode point : labLayer("i8i8").path("points")) {
      if (nearest.isMissingNode() || distance(point) < distance(nearest)) {
        nearest = point;
      }
    }
    return nearest;
  }

  /** What was measured of a kernel's call, missing if it was not. */
  private JsonNode labPoint(String kernel) {
    for (JsonNode point : labLayer(kernel).path("points")) {
      if (distance(point) == 0) {
        return point;
      }
    }
    return MissingNode.getInstance();
  }

  private JsonNode labLayer(String kernel) {
    for (JsonNode layer : file.path("layers")) {
      if (layer.path("kernel").asText().equals(kernel)
          && layer.path("k").asInt() == LabTimes.K
          && layer.path("n").asInt() == LabTimes.N) {
        return layer;
      }
    }
    return MissingNode.getInstance();
  }

  private static int distance(JsonNode point) {
    return Math.abs(point.path("batch").asInt() - LabTimes.BATCH);
  }
}
