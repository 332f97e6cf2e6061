// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.fabriq.kernel.KernelType;

/**
 * The CPU opponents' times of a kernel in a latency file, by layer. Quantizing and dequantizing,
 * which the CPU does whoever multiplies, are taken off.
 */
final class MeasuredCurves {
  private final JsonNode latency;
  private final KernelType kernel;
  private boolean noisy;

  /**
   * Reads nothing yet.
   *
   * @param latency what {@link LatencyFiles#json} wrote
   */
  MeasuredCurves(JsonNode latency, KernelType kernel) {
    this.latency = latency;
    this.kernel = kernel;
  }

  /** The curves of a K x N layer by device, none if it was not measured. */
  Map<String, CpuCurve> of(int k, int n) {
    Map<String, NavigableMap<Integer, Double>> points = new LinkedHashMap<>();
    for (JsonNode layer : latency.path("layers")) {
      if (layer.path("kernel").asText().equalsIgnoreCase(kernel.name())
          && layer.path("k").asInt() == k
          && layer.path("n").asInt() == n) {
        layer.path("points").forEach(point -> add(point, points));
      }
    }
    Map<String, CpuCurve> curves = new LinkedHashMap<>();
    points.forEach((device, micros) -> curves.put(device, new CpuCurve(device, micros)));
    return curves;
  }

  private void add(JsonNode point, Map<String, NavigableMap<Integer, Double>> points) {
    for (JsonNode side : point.path("sides")) {
      String device = side.path("device").asText();
      if (device.startsWith("cpu")) {
        points
            .computeIfAbsent(device, key -> new TreeMap<>())
            .put(point.path("batch").asInt(), micros(side));
        noisy |= point.path("noise").size() > 0;
      }
    }
  }

  private static double micros(JsonNode side) {
    JsonNode stages = side.path("stages_p50_us");
    double shared =
        stages.path(Stage.QUANTIZE.label()).asDouble()
            + stages.path(Stage.DEQUANTIZE.label()).asDouble();
    return Math.max(0, side.path("p50_us").asDouble() - shared);
  }

  /** Whether a point read so far was measured on a noisy machine. */
  boolean noisy() {
    return noisy;
  }
}
