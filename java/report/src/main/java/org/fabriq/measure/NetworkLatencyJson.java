// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fabriq.measure.NetworkLatency.Point;
import org.fabriq.measure.NetworkLatency.Side;
import org.fabriq.measure.NetworkLatency.Way;
import org.fabriq.runtime.StageTimes.Cycles;

/**
 * The array {@code networks} of a latency file: how it is written and read; {@code
 * docs/measuring.md} is the schema.
 */
final class NetworkLatencyJson {
  private static final String FIELD = "networks";

  private NetworkLatencyJson() {}

  static void write(ObjectNode root, List<NetworkLatency> networks) {
    ArrayNode array = root.putArray(FIELD);
    for (NetworkLatency network : networks) {
      ObjectNode node = array.addObject();
      node.put("name", network.name());
      node.put("layers", network.layers());
      PlannedNetworkJson.write(node.putObject("planned"), network.planned());
      ArrayNode points = node.putArray("points");
      for (Point point : network.points()) {
        ObjectNode entry = points.addObject();
        entry.put("batch", point.batch());
        point.noise().writeTo(entry);
        ArrayNode sides = entry.putArray("sides");
        point.sides().forEach(side -> write(sides.addObject(), network, point, side));
      }
    }
  }

  private static void write(ObjectNode node, NetworkLatency network, Point point, Side side) {
    node.put("way", label(side.way()));
    LatencySideJson.write(node, side.times());
    if (!side.cycles().isEmpty()) {
      ObjectNode cycles = node.putObject("cycles");
      for (Cycles kind : Cycles.values()) {
        if (side.cycles().containsKey(kind)) {
          cycles.put(label(kind), side.cycles().get(kind));
        }
      }
      network.arrayUse(point, side).ifPresent(use -> node.put("array_use", use));
    }
  }

  /** The networks of a file, none where it has only layers. */
  static List<NetworkLatency> read(JsonNode root) {
    List<NetworkLatency> networks = new ArrayList<>();
    for (JsonNode node : root.path(FIELD)) {
      List<Point> points = new ArrayList<>();
      for (JsonNode point : node.path("points")) {
        List<Side> sides = new ArrayList<>();
        point.path("sides").forEach(side -> sides.add(side(side)));
        points.add(new Point(point.path("batch").asInt(), Noise.ofPoint(point), sides));
      }
      networks.add(
          new NetworkLatency(
              node.path("name").asText(),
              node.path("layers").asText(),
              PlannedNetworkJson.read(node.path("planned")),
              points));
    }
    return networks;
  }

  private static Side side(JsonNode node) {
    Map<Cycles, Long> cycles = new EnumMap<>(Cycles.class);
    for (Cycles kind : Cycles.values()) {
      JsonNode count = node.path("cycles").path(label(kind));
      if (count.isNumber()) {
        cycles.put(kind, count.asLong());
      }
    }
    Way way = Way.valueOf(node.path("way").asText().toUpperCase(Locale.ROOT));
    return new Side(way, LatencySideJson.read(node), cycles);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
