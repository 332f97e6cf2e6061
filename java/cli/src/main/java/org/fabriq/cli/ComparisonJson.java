// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.fabriq.cli.LatencySamples.Part;
import org.fabriq.runtime.StageTimes.Cycles;

/** Results of a comparison as JSON; the schema is {@code docs/compare-json.md}. */
final class ComparisonJson {
  private static final int SCHEMA = 1;

  private ComparisonJson() {}

  static ObjectNode of(ComparisonHeading heading, List<VariantResult> results) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("fabriq", Version.text());
    root.put("model", heading.model());
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
    for (VariantResult result : results) {
      ObjectNode node = variants.addObject();
      node.put("name", result.variant().label());
      node.put("device", result.device());
      node.put("scheme", result.scheme());
      node.put("accuracy", result.accuracy());
      node.put("agreement", result.agreement());
      node.put("images", result.images());
      node.put("mismatches", result.mismatches());
      node.put("weight_bytes", result.weightBytes());
      put(node.putObject("latency"), result.latency());
      if (result.latency().hasCycles()) {
        putCycles(node.putObject("cycles_p50"), result);
      }
      put(node.putObject("cpu"), result.cpu());
    }
    return root;
  }

  private static void putCycles(ObjectNode node, VariantResult result) {
    for (Cycles kind : Cycles.values()) {
      node.put(kind.name().toLowerCase(Locale.ROOT), result.latency().cycles(kind));
    }
    if (result.clockMhz() != null) {
      node.put("clock_mhz", result.clockMhz());
      node.put("busy_us", (double) result.latency().cycles(Cycles.BUSY) / result.clockMhz());
    }
  }

  private static void put(ObjectNode node, LatencySamples samples) {
    node.put("samples", samples.count());
    node.put("p50_us", samples.micros(Part.TOTAL, 50));
    node.put("p95_us", samples.micros(Part.TOTAL, 95));
    node.put("p99_us", samples.micros(Part.TOTAL, 99));
    ObjectNode stages = node.putObject("stages_p50_us");
    for (Part part : Part.values()) {
      if (part != Part.TOTAL) {
        stages.put(part.label(), samples.micros(part, 50));
      }
    }
  }
}
