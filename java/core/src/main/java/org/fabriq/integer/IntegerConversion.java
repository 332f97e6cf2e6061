// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.Calibration;
import org.fabriq.model.EpilogueLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.Node;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;

/**
 * Makes the layers of an {@link IntegerNetwork} of those of a network, from first to last, each as
 * its row of {@link Lowering} says.
 */
final class IntegerConversion {
  private final Network network;
  private final LayerGraph<Layer> graph;
  private final Map<String, QuantizedTensor> weights;
  private final Calibration calibration;
  private final OutputScales scales;
  private final int end;
  private final List<Node<IntegerLayer>> made = new ArrayList<>();
  private final Map<Integer, Made> tensors = new HashMap<>();
  private final Set<String> targets = new LinkedHashSet<>();

  /** What a tensor of the network is in integers; no codes for int32. */
  private record Made(String name, Encoding codes) {}

  IntegerConversion(
      Network network,
      Map<String, QuantizedTensor> weights,
      Calibration calibration,
      OutputScales scales) {
    this.network = network;
    this.graph = network.graph();
    this.weights = weights;
    this.calibration = calibration;
    this.scales = scales;
    this.end = network.epilogueStart();
    tensors.put(-1, new Made(LayerGraph.INPUT, calibration.of(LayerGraph.INPUT)));
  }

  IntegerNetwork convert() {
    for (int i = 0; i < end; i++) {
      if (!tensors.containsKey(i)) {
        convert(graph.layer(i), i);
      }
    }
    List<EpilogueLayer> epilogue = new ArrayList<>();
    graph.layers().subList(end, graph.size()).forEach(layer -> epilogue.add((EpilogueLayer) layer));
    return new IntegerNetwork(
        network.input(), calibration.of(LayerGraph.INPUT), new LayerGraph<>(made), epilogue);
  }

  private void convert(Layer layer, int i) {
    for (Lowering<?> row : Lowering.ALL) {
      if (row.type().isInstance(layer)) {
        row.lower(layer, i, this);
        return;
      }
    }
    throw new InvalidArgumentException(
        "layer %s has no integer form where it is; fold normalization into the layer before it,"
                .formatted(layer.name())
            + " put softmax and argmax last");
  }

  Network network() {
    return network;
  }

  OutputScales scales() {
    return scales;
  }

  /** The codes of a layer's weights. */
  QuantizedTensor weights(String layer) {
    QuantizedTensor weight = weights.get(layer);
    if (weight == null) {
      throw new InvalidArgumentException(
          "no weights for layer %s; there are those of %s".formatted(layer, weights.keySet()));
    }
    return weight;
  }

  /** What the codes of input {@code k} of layer {@code i} stand for. */
  Encoding codes(int i, int k) {
    return tensors.get(graph.inputs(i)[k]).codes();
  }

  /** What calibration found for what layer {@code i} gives. */
  Encoding target(int i) {
    targets.add(graph.layer(i).name());
    return calibration.of(graph.layer(i).name());
  }

  /** The layers that {@link #target} was asked for, in order. */
  Set<String> targets() {
    return targets;
  }

  /** Whether only identities are between layer {@code i} and the end of the integers. */
  boolean isLast(int i) {
    int at = i;
    while (at + 1 < end) {
      at = graph.onlyReader(at);
      if (at < 0
          || !(graph.layer(at) instanceof ActivationLayer function
              && function.activation() == Activation.NONE)) {
        return false;
      }
    }
    return true;
  }

  /** The names of the tensors that layer {@code i} takes. */
  List<String> inputs(int i) {
    List<String> names = new ArrayList<>();
    for (int from : graph.inputs(i)) {
      names.add(tensors.get(from).name());
    }
    return names;
  }

  /** Adds what layer {@code i} is in integers. */
  void add(IntegerLayer layer, int i) {
    add(layer, i, inputs(i), i);
  }

  /**
   * Adds what layer {@code i} is together with the layer {@code last} behind it.
   *
   * @param inputs names of the tensors it takes
   */
  void add(IntegerLayer layer, int i, List<String> inputs, int last) {
    made.add(new Node<>(layer, inputs));
    Made result = new Made(layer.name(), layer.outputCodes().orElse(null));
    tensors.put(i, result);
    tensors.put(last, result);
  }

  /** Takes what comes to layer {@code i} for what it gives. */
  void pass(int i) {
    tensors.put(i, tensors.get(graph.inputs(i)[0]));
  }

  /**
   * The name of input {@code k} of layer {@code i} as codes of another meaning, by a table if they
   * have not got it already.
   */
  String rescaled(int i, int k, Encoding output) {
    Made own = tensors.get(graph.inputs(i)[k]);
    if (own.codes().equals(output)) {
      return own.name();
    }
    String name = graph.layer(i).name() + ".input" + (k + 1);
    CodeTable table = CodeTable.of(name, own.codes(), output, x -> x);
    made.add(new Node<>(table, List.of(own.name())));
    return name;
  }
}
