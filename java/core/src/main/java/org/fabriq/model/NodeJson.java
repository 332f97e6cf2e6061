// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Tensor;

/**
 * The layers of a {@link LayerGraph} as a JSON list: an object per layer with {@code name}, {@code
 * type}, what the type adds, and {@code inputs}, names of tensors, where they are not just what the
 * layer before gives.
 */
public final class NodeJson {
  private static final String INPUTS = "inputs";

  private NodeJson() {}

  /**
   * The file form.
   *
   * @param word of a layer's type
   * @param arrays what the arrays of the layers are added to
   */
  public static <L extends NamedLayer> List<Map<String, Object>> write(
      LayerGraph<L> graph, Function<L, String> word, Map<String, Tensor> arrays) {
    List<Map<String, Object>> list = new ArrayList<>();
    String before = LayerGraph.INPUT;
    for (Node<L> node : graph.nodes()) {
      L layer = node.layer();
      LayerSink sink = new LayerSink(layer.name(), word.apply(layer), arrays);
      if (!node.inputs().equals(List.of(before))) {
        sink.put(INPUTS, node.inputs());
      }
      layer.describe(sink);
      list.add(sink.json());
      before = layer.name();
    }
    return list;
  }

  /**
   * Reads the list.
   *
   * @param reader makes a layer of its file form and the names of the tensors it takes
   * @throws org.fabriq.FileFormatException if a layer is not as it must be
   */
  public static <L extends NamedLayer> List<Node<L>> read(
      JsonObject json, ModelFile file, BiFunction<LayerSource, List<String>, L> reader) {
    List<Node<L>> nodes = new ArrayList<>();
    String before = LayerGraph.INPUT;
    for (JsonObject object : json.objects("layers")) {
      LayerSource source = new LayerSource(object, file);
      List<String> inputs = object.has(INPUTS) ? object.texts(INPUTS) : List.of(before);
      try {
        nodes.add(new Node<>(reader.apply(source, inputs), inputs));
      } catch (InvalidArgumentException e) {
        throw object.inconsistent(e.getMessage());
      }
      object.checkAllRead();
      before = source.name();
    }
    return nodes;
  }
}
