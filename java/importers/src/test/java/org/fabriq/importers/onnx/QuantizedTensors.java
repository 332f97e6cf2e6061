// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.importing.ImportedLayer;

/** Which tensor of a quantized file holds the codes that an imported layer gives. */
final class QuantizedTensors {
  private final GraphProto graph;

  private QuantizedTensors(GraphProto graph) {
    this.graph = graph;
  }

  /** Tensors by layers; not of layers that the file has no tensor of, as flatten. */
  static Map<String, String> of(GraphProto graph, List<ImportedLayer> layers) {
    QuantizedTensors tensors = new QuantizedTensors(graph);
    Map<String, String> found = new LinkedHashMap<>();
    for (ImportedLayer layer : layers) {
      boolean own = !layer.name().startsWith("flatten") && !layer.name().startsWith("constant");
      if (own && !layer.epilogue()) {
        String source = layer.sources().get(layer.sources().size() - 1);
        String codes = tensors.codesBehind(source.substring(source.indexOf(' ') + 1));
        if (codes != null) {
          found.put(layer.name(), codes);
        }
      }
    }
    return found;
  }

  /** The codes that a node gives, or that what it gives is quantized to at once; or null. */
  private String codesBehind(String node) {
    NodeProto maker =
        graph.getNodeList().stream()
            .filter(other -> OnnxNode.name(other).equals(node))
            .findFirst()
            .orElseThrow();
    String tensor = maker.getOutput(0);
    for (NodeProto reader : graph.getNodeList()) {
      if (reader.getInputList().contains(tensor) && reader.getOpType().equals("QuantizeLinear")) {
        return reader.getOutput(0);
      }
    }
    return maker.getOpType().startsWith("QLinear") ? tensor : null;
  }
}
