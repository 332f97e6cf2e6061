// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import com.fasterxml.jackson.databind.JsonNode;
import org.fabriq.resources.LabFigures;

/**
 * What a report is made of: the JSON that the commands write.
 *
 * @param compare of {@code fabriq compare}
 * @param sweep of {@code fabriq sweep}
 * @param latency of {@code fabriq latency}
 * @param breakEven of {@code fabriq break-even}
 * @param resources of {@code fabriq resources}, the lab's figures among them
 * @param lab the lab's figures
 */
public record ReportData(
    JsonNode compare,
    JsonNode sweep,
    JsonNode latency,
    JsonNode breakEven,
    JsonNode resources,
    LabFigures lab) {
  /** Images a lab figure is for. */
  static final int LAB_IMAGES = 10_000;

  /** A variant of the comparison, missing if it was not run. */
  JsonNode variant(String name) {
    for (JsonNode variant : compare.path("variants")) {
      if (variant.path("name").asText().equals(name)) {
        return variant;
      }
    }
    return compare.path("variants").path(name);
  }

  /** Seconds that the placed layers of 10,000 images take, batch after batch. */
  double seconds(JsonNode side) {
    double batches = Math.ceil((double) LAB_IMAGES / compare.path("batch").asInt(1));
    return batches * side.path("p50_us").asDouble() / 1e6;
  }

  /** A layer's measurement with a kernel that has stages to show: layer 2 if it is there. */
  JsonNode latencyOf(String kernel) {
    JsonNode found = latency.path("layers").path("none");
    for (JsonNode layer : latency.path("layers")) {
      if (layer.path("kernel").asText().equals(kernel)
          && (found.isMissingNode() || layer.path("k").asInt() == 128)) {
        found = layer;
      }
    }
    return found;
  }

  /** The point of a layer nearest to a batch. */
  static JsonNode nearest(JsonNode layer, int batch) {
    JsonNode nearest = layer.path("points").path(0);
    for (JsonNode point : layer.path("points")) {
      if (Math.abs(point.path("batch").asInt() - batch)
          < Math.abs(nearest.path("batch").asInt() - batch)) {
        nearest = point;
      }
    }
    return nearest;
  }

  /** Kernel cycles that a device counted for layer 2 at the batch nearest to 64, or -1. */
  long cycles(String kernel) {
    for (JsonNode side : nearest(latencyOf(kernel), 64).path("sides")) {
      if (side.has("kernel_cycles")) {
        return side.get("kernel_cycles").asLong();
      }
    }
    return -1;
  }
}
