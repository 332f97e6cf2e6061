// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.fabriq.ptq.LayerReport;

/** The reports of passes as JSON; the schema is {@code docs/quantize-json.md}. */
final class PassResultJson {
  private static final int SCHEMA = 1;

  private PassResultJson() {}

  static ObjectNode report(
      QuantizedScore test, String scheme, FormOptions form, List<PassResult> results) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("fabriq", Version.text());
    root.put("form", form.toString());
    root.put("activation", test.target().network().activations());
    root.put("fp32", test.fp32().labelled() ? (Double) test.fp32().accuracy() : null);
    root.put("scheme", scheme);
    put(root.putArray("stages"), results);
    return root;
  }

  static void put(ArrayNode list, List<PassResult> results) {
    for (PassResult result : results) {
      ObjectNode node = list.addObject();
      node.put("pass", result.pass());
      node.put("images", result.score().images());
      result.score().writeTo(node);
      node.put("bytes", result.bytes());
      node.put("seconds", result.seconds());
      ArrayNode layers = node.putArray("layers");
      result.layers().forEach(layer -> put(layers.addObject(), layer));
    }
  }

  private static void put(ObjectNode node, LayerReport layer) {
    node.put("layer", layer.layer());
    ArrayNode shape = node.putArray("shape");
    for (int dimension : layer.shape()) {
      shape.add(dimension);
    }
    node.put("bits", layer.bits());
    node.put("bytes", layer.bytes());
    decibels(node, "weight_sqnr_db", layer.weightSqnr());
    node.put("saturated_weights", layer.saturatedWeights());
    decibels(node, "output_sqnr_db", layer.outputSqnr());
    node.put("inputs", layer.inputs());
    node.put("saturated_inputs", layer.saturatedInputs());
  }

  /** null where there is no noise, for JSON has no infinity. */
  private static void decibels(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
