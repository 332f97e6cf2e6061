// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.importing.ImportedLayer;
import org.fabriq.importing.ImportedModel;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Node;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Compares an imported network in integers with {@link TfliteReference}: each layer given the codes
 * that TensorFlow Lite has there, and the network as a whole.
 */
final class CodeComparison {
  /** Of all layers. */
  final Differences layers = new Differences();

  /** Of the codes that the whole network gives. */
  final Differences outputs = new Differences();

  private final TfliteModel model;
  private final IntegerNetwork network;
  private final Map<String, Integer> tensors = new HashMap<>();

  CodeComparison(TfliteModel model, ImportedModel imported) {
    this.model = model;
    this.network = imported.integers().orElseThrow();
    Map<String, TfliteOperator> operators = TensorNames.sources(model);
    Map<String, String> last = new HashMap<>();
    for (ImportedLayer layer : imported.layers()) {
      List<String> sources = layer.sources();
      last.put(sources.get(sources.size() - 1), layer.name());
    }
    last.forEach((source, layer) -> tensors.put(layer, operators.get(source).outputs()[0]));
  }

  /** Runs a sample of the file's layout through both. */
  void compare(double[] input) {
    Map<Integer, double[]> expected = TfliteReference.runAll(model, input);
    Int8Tensor codes = Samples.codes(input, network.input());
    compareLayers(expected, codes);
    Tensor out = ReferenceNetwork.run(network, codes);
    String name = network.graph().layer(network.graph().size() - 1).name();
    double[] wanted = expected.get(tensors.get(name));
    outputs.add((Int8Tensor) out, Samples.codes(wanted, network.integers()));
  }

  private void compareLayers(Map<Integer, double[]> expected, Int8Tensor input) {
    Map<String, Int8Tensor> values = new HashMap<>(Map.of(LayerGraph.INPUT, input));
    int i = 0;
    for (Node<IntegerLayer> node : network.graph().nodes()) {
      List<Int8Tensor> taken = new ArrayList<>();
      node.inputs().forEach(name -> taken.add(values.get(name)));
      Int8Tensor made = (Int8Tensor) node.layer().reference(taken);
      String name = node.layer().name();
      if (tensors.containsKey(name)) {
        Int8Tensor wanted = Samples.codes(expected.get(tensors.get(name)), network.outputOf(i));
        layers.add(made, wanted);
        made = wanted;
      }
      values.put(name, made);
      i++;
    }
  }
}
