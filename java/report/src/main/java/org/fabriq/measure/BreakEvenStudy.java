// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;

/**
 * Break-even of a network's layer, and of the whole network where all its layers were measured,
 * against every CPU opponent of a latency file. Quantizing and dequantizing happen on the CPU
 * either way and are left out on both sides.
 */
public final class BreakEvenStudy {
  private static final int[] PLACED = {1, 64, 1024};

  private final OffloadModel model;
  private final int[] sizes;
  private final int layer;
  private final Map<String, CpuCurve> layerCurves;
  private final Map<String, CpuCurve> networkCurves;

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
    MeasuredCurves measured = new MeasuredCurves(latency, model.kernel());
    this.layerCurves = measured.of(sizes[layer - 1], sizes[layer]);
    if (layerCurves.isEmpty()) {
      throw new InvalidArgumentException(
          ("no CPU device was measured at %d x %d with %s; run 'fabriq latency --sizes %dx%d"
                  + " --json FILE'")
              .formatted(
                  sizes[layer - 1], sizes[layer], model.kernel(), sizes[layer - 1], sizes[layer]));
    }
    Map<String, CpuCurve> sums = new LinkedHashMap<>();
    for (int i = 1; i < sizes.length; i++) {
      Map<String, CpuCurve> part = measured.of(sizes[i - 1], sizes[i]);
      if (i == 1) {
        sums.putAll(part);
      } else {
        sums.keySet().retainAll(part.keySet());
        sums.replaceAll((device, curve) -> curve.plus(part.get(device)));
      }
    }
    this.networkCurves = model.knows(sizes) ? sums : Map.of();
  }

  /** Why CPU times this rests on are not to be trusted, by layer and batch, if they are not. */
  public Noise noise() {
    return Stream.concat(layerCurves.values().stream(), networkCurves.values().stream())
        .map(CpuCurve::noise)
        .reduce(Noise.NONE, Noise::and);
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

  /**
   * The whole network in three ways at some batches; empty where not all of its layers are known.
   */
  public List<NetworkPlacement> placements() {
    List<NetworkPlacement> placements = new ArrayList<>();
    for (int batch : networkCurves.isEmpty() ? new int[0] : PLACED) {
      CpuCurve fastest =
          Collections.min(
              networkCurves.values(), Comparator.comparingDouble(curve -> curve.at(batch)));
      double cpu = fastest.at(batch);
      double others = cpu - layerCurves.get(fastest.device()).at(batch);
      placements.add(
          new NetworkPlacement(
              batch,
              fastest.device(),
              cpu,
              layer,
              others + layerMicros(batch),
              networkMicros(batch),
              fastest.noise()));
    }
    return placements;
  }

  OffloadModel model() {
    return model;
  }

  List<CpuCurve> layerCurves() {
    return List.copyOf(layerCurves.values());
  }

  List<CpuCurve> networkCurves() {
    return List.copyOf(networkCurves.values());
  }

  double layerMicros(int batch) {
    return model.micros(batch, sizes[layer - 1], sizes[layer]);
  }

  double networkMicros(int batch) {
    return model.networkMicros(batch, sizes);
  }
}
