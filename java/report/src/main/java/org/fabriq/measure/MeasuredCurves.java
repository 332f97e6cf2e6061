// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.kernel.KernelType;

/**
 * The CPU opponents' times of a kernel in a latency file, by layer. Quantizing and dequantizing,
 * which the CPU does whoever multiplies, are taken off.
 */
final class MeasuredCurves {
  private final JsonNode latency;
  private final KernelType kernel;

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
    Map<String, CpuCurve> curves = new LinkedHashMap<>();
    for (JsonNode layer : latency.path("layers")) {
      if (layer.path("kernel").asText().equalsIgnoreCase(kernel.name())
          && layer.path("k").asInt() == k
          && layer.path("n").asInt() == n) {
        String what = "%d x %d, batch ".formatted(k, n);
        layer.path("points").forEach(point -> add(point, what, curves));
      }
    }
    return curves;
  }

  private static void add(JsonNode point, String what, Map<String, CpuCurve> curves) {
    int batch = point.path("batch").asInt();
    Noise noise = Noise.ofPoint(point).at(what + batch);
    for (JsonNode side : point.path("sides")) {
      String device = side.path("device").asText();
      if (device.startsWith("cpu")) {
        CpuCurve curve = new CpuCurve(device, new TreeMap<>(Map.of(batch, micros(side))), noise);
        curves.merge(device, curve, CpuCurve::with);
      }
    }
  }

  private static double micros(JsonNode side) {
    JsonNode stages = side.path("stages_p50_us");
    double shared =
        stages.path(DispatchStage.QUANTIZE.label()).asDouble()
            + stages.path(DispatchStage.DEQUANTIZE.label()).asDouble();
    return Math.max(0, side.path("p50_us").asDouble() - shared);
  }
}
