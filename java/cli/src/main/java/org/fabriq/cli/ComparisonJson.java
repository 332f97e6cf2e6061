// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.fabriq.measure.LatencySeries;
import org.fabriq.runtime.StageTimes.Cycles;

/** Results of a comparison as JSON; the schema is {@code docs/compare-json.md}. */
final class ComparisonJson {
  private static final int SCHEMA = 2;

  private ComparisonJson() {}

  static ObjectNode of(ComparisonHeading heading, List<ArithmeticResult> results) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("fabriq", Version.text());
    root.put("model", heading.model());
    root.put("activation", heading.activation());
    root.put("weights", heading.weights());
    root.put("data", heading.data());
    root.put("batch", heading.batch());
    root.put("placed", heading.placed());
    root.put("device", heading.device());
    root.put("cpu", heading.cpu());
    root.put("semantics", heading.semantics().name().toLowerCase(Locale.ROOT));
    root.put("machine", heading.machine());
    root.put("java", heading.java());
    ArrayNode variants = root.putArray("variants");
    for (ArithmeticResult result : results) {
      ObjectNode node = variants.addObject();
      node.put("name", result.variant().label());
      node.put("device", result.device());
      node.put("scheme", result.scheme());
      result.score().writeTo(node);
      node.put("images", result.score().images());
      node.put("mismatches", result.mismatches());
      node.put("weight_bytes", result.weightBytes());
      result.noise().writeTo(node);
      put(node.putObject("latency"), result.latency());
      if (result.hasCycles()) {
        putCycles(node.putObject("cycles_p50"), result);
      }
      put(node.putObject("cpu"), result.cpu());
      if (!result.sessions().isEmpty()) {
        ArrayNode sessions = node.putArray("sessions");
        result.sessions().forEach(session -> put(sessions.addObject(), session));
      }
    }
    return root;
  }

  private static void putCycles(ObjectNode node, ArithmeticResult result) {
    for (Cycles kind : Cycles.values()) {
      node.put(kind.name().toLowerCase(Locale.ROOT), result.latency().cycles(kind));
    }
    if (result.clockMhz() != null) {
      node.put("clock_mhz", result.clockMhz());
      node.put("busy_us", result.busyMicros());
    }
  }

  private static void put(ObjectNode node, SessionResult session) {
    node.put("device", session.address());
    node.put("description", session.description());
    putTimes(node, session.series());
  }

  private static void putTimes(ObjectNode node, LatencySeries series) {
    node.put("samples", series.count());
    node.put("p50_us", series.micros(50));
    node.put("p95_us", series.micros(95));
    node.put("p99_us", series.micros(99));
    node.put("spread", series.spread());
  }

  private static void put(ObjectNode node, LatencySeries series) {
    putTimes(node, series);
    ObjectNode stages = node.putObject("stages_p50_us");
    series.stages().forEach((stage, micros) -> stages.put(stage.label(), micros));
    node.put("activation_p50_us", series.activationMicros());
  }
}
