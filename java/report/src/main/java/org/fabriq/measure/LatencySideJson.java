// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;

/** A side of a latency file: how it is written and read. */
final class LatencySideJson {
  private LatencySideJson() {}

  static void write(ObjectNode node, LatencyResult.Side side) {
    node.put("device", side.address());
    node.put("description", side.description());
    node.put("simulated", side.simulated());
    node.put("samples", side.samples());
    node.put("p50_us", side.p50());
    node.put("p95_us", side.p95());
    node.put("p99_us", side.p99());
    node.put("spread", side.spread());
    ObjectNode stages = node.putObject("stages_p50_us");
    side.stages().forEach((stage, micros) -> stages.put(stage.label(), micros));
    if (side.cycles() >= 0) {
      node.put("kernel_cycles", side.cycles());
    }
    if (side.clocked()) {
      node.put("clock_mhz", side.clockMhz());
      node.put("kernel_at_clock_us", side.microsAtClock());
    }
  }

  static LatencyResult.Side read(JsonNode node) {
    Map<DispatchStage, Double> stages = new EnumMap<>(DispatchStage.class);
    for (DispatchStage stage : DispatchStage.values()) {
      JsonNode micros = node.path("stages_p50_us").path(stage.label());
      if (micros.isNumber()) {
        stages.put(stage, micros.asDouble());
      }
    }
    return new LatencyResult.Side(
        node.path("device").asText(),
        node.path("description").asText(),
        node.path("simulated").asBoolean(),
        node.path("samples").asLong(),
        node.path("p50_us").asDouble(),
        node.path("p95_us").asDouble(),
        node.path("p99_us").asDouble(),
        node.path("spread").asDouble(),
        stages,
        node.path("kernel_cycles").asLong(-1),
        node.path("clock_mhz").asDouble());
  }
}
