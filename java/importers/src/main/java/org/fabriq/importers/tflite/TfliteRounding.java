// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.InvalidArgumentException;
import org.fabriq.importers.graph.NotTakenException;
import org.fabriq.importing.ImportedLayer;
import org.fabriq.importing.ImportedModel;
import org.fabriq.importing.Refusal;
import org.fabriq.importing.RefusedModelException;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerAveragePool;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.MeanRounding;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Node;

/**
 * Gives the layers of an imported network the rounding of TensorFlow Lite's reference kernels, each
 * that of the operator that it was made of.
 */
final class TfliteRounding {
  private static final Set<String> WEIGHTED =
      Set.of("FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D");

  private final Map<String, TfliteOperator> layers = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  private TfliteRounding(TfliteModel model, ImportedModel imported) {
    Map<String, TfliteOperator> operators = TensorNames.sources(model);
    for (ImportedLayer layer : imported.layers()) {
      List<String> sources = layer.sources();
      layers.put(layer.name(), operators.get(sources.get(sources.size() - 1)));
    }
  }

  /**
   * The same network with that rounding.
   *
   * @throws InvalidArgumentException if it is in fp32
   * @throws RefusedModelException if scales are too far apart for it; names all such operators
   */
  static ImportedModel keep(TfliteModel model, ImportedModel imported) {
    IntegerNetwork network =
        imported
            .integers()
            .orElseThrow(
                () ->
                    new InvalidArgumentException(
                        "%s is in fp32, so it has no codes to round; leave --rounding out"
                            .formatted(model.file())));
    TfliteRounding rounding = new TfliteRounding(model, imported);
    List<Node<IntegerLayer>> nodes = new ArrayList<>();
    for (Node<IntegerLayer> node : network.graph().nodes()) {
      nodes.add(new Node<>(rounding.taken(node.layer()), node.inputs()));
    }
    if (!rounding.refusals.isEmpty()) {
      throw new RefusedModelException(model.file(), rounding.refusals, imported.operations());
    }
    return imported.withIntegers(
        new IntegerNetwork(
            network.input(), network.inputCodes(), new LayerGraph<>(nodes), network.epilogue()));
  }

  private IntegerLayer taken(IntegerLayer layer) {
    TfliteOperator operator = layers.get(layer.name());
    try {
      return layer(layer, operator);
    } catch (InvalidArgumentException e) {
      refusals.add(NotTakenException.refusal(operator.type(), layer.name(), e));
      return layer;
    }
  }

  private static IntegerLayer layer(IntegerLayer layer, TfliteOperator operator) {
    if (operator == null) {
      return layer;
    }
    if (layer instanceof IntegerAdd add) {
      return add.withTfliteRounding();
    }
    if (layer instanceof IntegerAveragePool pool) {
      boolean mean = operator.type().equals("MEAN");
      return pool.with(mean ? MeanRounding.TFLITE_MEAN : MeanRounding.TFLITE_POOL);
    }
    if (layer instanceof CodeTable table) {
      return TfliteTables.table(operator, table);
    }
    // A constant summand is a layer of weights, too, with multipliers that are not of scales.
    boolean weighted = WEIGHTED.contains(operator.type());
    if (weighted && layer instanceof IntegerDense dense) {
      return new IntegerDense(dense.name(), dense.weights().withTfliteRounding());
    }
    if (weighted && layer instanceof IntegerConv2d conv) {
      return new IntegerConv2d(
          conv.name(), conv.weights().withTfliteRounding(), conv.window(), conv.groups());
    }
    return layer;
  }
}
