// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.fabriq.accumulator.SumCount;
import org.fabriq.accumulator.SumRange;

/** What an accumulator of few bits does, as JSON; {@code docs/quantize-json.md} is the schema. */
final class AccumulatorJson {
  private AccumulatorJson() {}

  static ObjectNode of(AccumulatorReport report) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("bits", report.accumulator().bits());
    node.put("overflow", report.accumulator().overflow().word());
    node.put("images", report.exact().images());
    node.put(
        "exact_accuracy", report.exact().labelled() ? (Double) report.exact().accuracy() : null);
    put(node, report.all());
    ArrayNode layers = node.putArray("layers");
    for (AccumulatorReport.Layer layer : report.layers()) {
      ObjectNode each = layers.addObject();
      each.put("layer", layer.name());
      each.put("k", layer.k());
      each.put("n", layer.n());
      SumCount count = layer.count();
      each.put("sums", count.sums());
      each.put("left", count.left());
      each.put("wrong", count.wrong());
      each.put("excess", report.accumulator().excess(count.seen()));
      put(each.putObject("seen"), count.seen());
      put(each.putObject("possible"), layer.possible());
      put(each, layer.alone());
    }
    return node;
  }

  private static void put(ObjectNode node, AccumulatorReport.Outcome outcome) {
    outcome.score().writeTo(node);
    node.put("changed", outcome.changed());
  }

  private static void put(ObjectNode node, SumRange range) {
    node.put("least", range.least());
    node.put("greatest", range.greatest());
    node.put("bits", range.bits());
  }
}
