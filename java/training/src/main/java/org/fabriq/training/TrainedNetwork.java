// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedWeights;

/**
 * A network in PyTorch that is trained on with quantized weights and tensors: layers in the order
 * of its graph, each on what {@link TensorQuantizers} make of what it takes.
 */
final class TrainedNetwork extends AbstractBlock {
  /** Weights and biases change at the trainer's rate, scales at this part of it. */
  private static final float RATE_OF_SCALES = 0.1f;

  /** Zero points count codes, not values, so they need greater steps. */
  private static final float RATE_OF_ZERO_POINTS = 10;

  private final Network network;
  private final TensorQuantizers tensors;
  private final Map<String, TrainedWeights> weights = new LinkedHashMap<>();
  private final Map<String, Float> rates = new LinkedHashMap<>();

  /**
   * Puts a network together.
   *
   * @param network where training starts, without epilogues
   * @param trained makes what is trained of a layer with weights
   * @param tensors what quantizes its tensors
   * @throws org.fabriq.InvalidArgumentException if a layer cannot be trained
   */
  TrainedNetwork(
      Network network, Function<WeightedLayer, TrainedWeights> trained, TensorQuantizers tensors) {
    this.network = network;
    this.tensors = tensors;
    for (Layer layer : network.layers()) {
      if (layer instanceof WeightedLayer weighted) {
        weights.put(layer.name(), trained.apply(weighted));
      } else {
        TorchLayer.check(layer);
      }
    }
    weights.values().forEach(own -> own.parameters().forEach(this::add));
    tensors.learned().forEach(own -> own.parameters().forEach(this::add));
    tensors.learned().forEach(this::rateOfZeroPoints);
  }

  private void add(Parameter parameter) {
    addParameter(parameter);
    rates.put(parameter.getId(), parameter.getType() == Parameter.Type.OTHER ? RATE_OF_SCALES : 1);
  }

  private void rateOfZeroPoints(LearnedEncoding encoding) {
    encoding
        .parameters()
        .filter(encoding::isZeroPoint)
        .forEach(parameter -> rates.put(parameter.getId(), RATE_OF_ZERO_POINTS));
  }

  /** The part of the trainer's rate that a parameter changes at. */
  float rate(String parameterId) {
    return rates.get(parameterId);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDArray x = inputs.singletonOrThrow();
    ParameterValues values = parameter -> store.getValue(parameter, x.getDevice(), training);
    NDArray out =
        network
            .graph()
            .run(
                tensors.made(LayerGraph.INPUT, x, values),
                (i, in) ->
                    tensors.made(network.layers().get(i).name(), layer(i, in, values), values));
    return new NDList(out);
  }

  private NDArray layer(int i, List<NDArray> in, ParameterValues values) {
    Layer layer = network.layers().get(i);
    TrainedWeights own = weights.get(layer.name());
    if (own == null) {
      return TorchLayer.forward(layer, in);
    }
    String input = network.graph().nodes().get(i).inputs().get(0);
    return own.forward(tensors.taken(input, in.get(0), values), values);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    int[] shape = network.output().tensorShape((int) inputShapes[0].get(0));
    return new Shape[] {TrainedWeights.shape(shape)};
  }

  /** What follows each update of the parameters. */
  void afterStep() {
    weights.values().forEach(TrainedWeights::afterStep);
    tensors.learned().forEach(LearnedEncoding::keepInRange);
  }

  /**
   * The network as of now, with its codes and the encodings that are learned.
   *
   * @param whole where training started, perhaps with epilogues
   */
  QuantizedNetwork quantized(Network whole) {
    Network now = whole;
    Map<String, QuantizedWeights> codes = new LinkedHashMap<>();
    for (TrainedWeights own : weights.values()) {
      WeightedLayer layer = own.layer();
      now = now.with(now.index(layer.name()), layer);
      codes.put(layer.name(), own.codes());
    }
    Map<String, Encoding> encodings = tensors.encodings();
    return QuantizedNetwork.of(now, codes, encodings);
  }
}
