// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;

/**
 * Break-even of a network's layer, and of the whole network where all its layers were measured,
 * against every CPU opponent of a latency file. Quantizing and dequantizing happen on the CPU
 * either way and are left out on both sides.
 */
public final class BreakEvenStudy {
  private static final int SCHEMA = 1;
  private static final int[] PLOTTED = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};

  private final OffloadModel model;
  private final int[] sizes;
  private final int layer;
  private final Map<String, CpuCurve> layerCurves;
  private final Map<String, CpuCurve> networkCurves;
  private boolean noisy;

  /**
   * Reads the opponents' times.
   *
   * @param latency what {@link LatencyFiles#json} wrote
   * @param sizes inputs, then outputs of each layer
   * @param layer the layer offloaded alone, from 1
   * @throws InvalidArgumentException if that layer was not measured on a CPU device
   */
  public BreakEvenStudy(OffloadModel model, JsonNode latency, int[] sizes, int layer) {
    this.model = model;
    this.sizes = sizes.clone();
    this.layer = layer;
    this.layerCurves = curves(latency, sizes[layer - 1], sizes[layer]);
    if (layerCurves.isEmpty()) {
      throw new InvalidArgumentException(
          "no CPU device was measured at %d x %d with %s; run 'fabriq latency --layers %dx%d'"
              .formatted(
                  sizes[layer - 1],
                  sizes[layer],
                  model.kernel().name(),
                  sizes[layer - 1],
                  sizes[layer]));
    }
    Map<String, CpuCurve> sums = new LinkedHashMap<>();
    for (int i = 1; i < sizes.length; i++) {
      Map<String, CpuCurve> part = curves(latency, sizes[i - 1], sizes[i]);
      if (i == 1) {
        sums.putAll(part);
      } else {
        sums.keySet().retainAll(part.keySet());
        sums.replaceAll((device, curve) -> curve.plus(part.get(device)));
      }
    }
    this.networkCurves = sums;
  }

  private Map<String, CpuCurve> curves(JsonNode latency, int k, int n) {
    Map<String, NavigableMap<Integer, Double>> points = new LinkedHashMap<>();
    for (JsonNode result : latency.path("layers")) {
      if (result.path("kernel").asText().equalsIgnoreCase(model.kernel().name())
          && result.path("k").asInt() == k
          && result.path("n").asInt() == n) {
        for (JsonNode point : result.path("points")) {
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
      }
    }
    Map<String, CpuCurve> curves = new LinkedHashMap<>();
    points.forEach((device, micros) -> curves.put(device, new CpuCurve(device, micros)));
    return curves;
  }

  /** Without quantizing and dequantizing, which the CPU does on either side. */
  private static double micros(JsonNode side) {
    JsonNode stages = side.path("stages_p50_us");
    double shared =
        stages.path(Stage.QUANTIZE.label()).asDouble()
            + stages.path(Stage.DEQUANTIZE.label()).asDouble();
    return Math.max(0, side.path("p50_us").asDouble() - shared);
  }

  /** Whether a point this rests on was measured on a noisy machine. */
  public boolean noisy() {
    return noisy;
  }

  /** The layer against every opponent. */
  public List<BreakEven> ofLayer() {
    String what = "Layer %d (%d x %d)".formatted(layer, sizes[layer - 1], sizes[layer]);
    return layerCurves.values().stream()
        .map(curve -> BreakEven.of(what, this::layerMicros, curve))
        .toList();
  }

  /** The whole network against every opponent on which all layers were measured. */
  public List<BreakEven> ofNetwork() {
    String what =
        "The whole network (%s)"
            .formatted(
                Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining("-")));
    return networkCurves.values().stream()
        .map(curve -> BreakEven.of(what, this::networkMicros, curve))
        .toList();
  }

  private double layerMicros(int batch) {
    return model.micros(batch, sizes[layer - 1], sizes[layer]);
  }

  private double networkMicros(int batch) {
    return model.networkMicros(batch, sizes);
  }

  /** Plot data, findings and what they rest on; {@code docs/measuring.md} is the schema. */
  public ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("kernel", model.kernel().name().toLowerCase(Locale.ROOT));
    root.put("noisy", noisy);
    root.put("launch_us", model.launchMicros());
    root.put("rate_gb_per_s", model.gigabytesPerSecond());
    root.put("clock_mhz", model.megahertz());
    root.put("macs_per_cycle", model.macsPerCycle());
    root.put("fixed_cycles", model.fixedCycles());
    ArrayNode studies = root.putArray("studies");
    put(studies.addObject(), ofLayer(), layerCurves, this::layerMicros);
    if (!networkCurves.isEmpty()) {
      put(studies.addObject(), ofNetwork(), networkCurves, this::networkMicros);
    }
    return root;
  }

  private static void put(
      ObjectNode node,
      List<BreakEven> findings,
      Map<String, CpuCurve> curves,
      IntToDoubleFunction fpga) {
    node.put("what", findings.get(0).what());
    ArrayNode found = node.putArray("findings");
    for (BreakEven finding : findings) {
      ObjectNode entry = found.addObject();
      entry.put("device", finding.device());
      finding.batch().ifPresent(batch -> entry.put("batch", batch));
      entry.put("sentence", finding.sentence());
    }
    ArrayNode plot = node.putArray("plot");
    for (int batch : PLOTTED) {
      ObjectNode point = plot.addObject();
      point.put("batch", batch);
      point.put("fpga_us", fpga.applyAsDouble(batch));
      ObjectNode cpu = point.putObject("cpu_us");
      curves.forEach((device, curve) -> cpu.put(device, curve.at(batch)));
    }
  }
}
