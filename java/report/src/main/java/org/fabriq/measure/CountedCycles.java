// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.kernel.KernelType;

/**
 * Cycles that a device counted: for each layer the straight line through its least and greatest
 * batch, which is exact for kernels that take the same time for every row.
 */
public final class CountedCycles implements KernelCycles {
  private record Line(double fixed, double perRow) {}

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private String device = "";

  /**
   * Reads the cycles of a kernel.
   *
   * @param latency what {@link LatencyFiles#json} wrote
   * @throws InvalidArgumentException if no device counted cycles of this kernel at two batches
   */
  public CountedCycles(JsonNode latency, KernelType kernel) {
    for (JsonNode layer : latency.path("layers")) {
      if (layer.path("kernel").asText().equalsIgnoreCase(kernel.name())) {
        NavigableMap<Integer, Long> counts = counts(layer);
        if (counts.size() > 1) {
          lines.put(name(layer.path("k").asInt(), layer.path("n").asInt()), line(counts));
        }
      }
    }
    if (lines.isEmpty()) {
      String name = kernel.name().toLowerCase(Locale.ROOT);
      throw new InvalidArgumentException(
          ("no device counted cycles of %s at two batches; run 'fabriq latency --device"
                  + " xrt:hw_emu?model=rtl --kernels %s --batches 1,64 --json FILE'")
              .formatted(name, name));
    }
  }

  private NavigableMap<Integer, Long> counts(JsonNode layer) {
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    for (JsonNode point : layer.path("points")) {
      for (JsonNode side : point.path("sides")) {
        if (side.has("kernel_cycles")) {
          device = device.isEmpty() ? side.path("device").asText() : device;
          if (side.path("device").asText().equals(device)) {
            counts.put(point.path("batch").asInt(), side.path("kernel_cycles").asLong());
          }
        }
      }
    }
    return counts;
  }

  private static Line line(NavigableMap<Integer, Long> counts) {
    Map.Entry<Integer, Long> first = counts.firstEntry();
    Map.Entry<Integer, Long> last = counts.lastEntry();
    double perRow =
        (double) (last.getValue() - first.getValue()) / (last.getKey() - first.getKey());
    return new Line(first.getValue() - perRow * first.getKey(), perRow);
  }

  private static String name(int k, int n) {
    return k + " x " + n;
  }

  @Override
  public double of(int batch, int k, int n) {
    Line line = lines.get(name(k, n));
    if (line == null) {
      throw new InvalidArgumentException(
          ("cycles of %s were not counted, only of %s; run 'fabriq latency --sizes %dx%d --batches"
                  + " 1,64 --device xrt:hw_emu?model=rtl --json FILE' too")
              .formatted(name(k, n), String.join(", ", lines.keySet()), k, n));
    }
    return line.fixed() + line.perRow() * batch;
  }

  @Override
  public boolean knows(int k, int n) {
    return lines.containsKey(name(k, n));
  }

  @Override
  public String source() {
    return "cycles that " + device + " counted";
  }
}
