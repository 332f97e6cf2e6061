// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.WeightedIntegerLayer;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.WeightedLayer;
import org.fabriq.plan.NetworkPlan;

/**
 * The layers of a model that kernels multiply, as the matrices that they are: the inputs of a
 * convolution are the taps and channels of its window, its outputs those of a group.
 *
 * @param layers in order
 */
record ModelLayers(List<Layer> layers) {
  /**
   * A layer.
   *
   * @param rows that it multiplies for each sample: pixels of what it gives, or 1
   */
  record Layer(String name, LayerSize size, int rows) {
    static Layer of(String name, int inputs, int outputs, SampleShape given) {
      return new Layer(name, new LayerSize(inputs, outputs), given.height() * given.width());
    }
  }

  /**
   * The layers of a model.
   *
   * @throws InvalidArgumentException if no layer of it is multiplied by a kernel
   */
  static ModelLayers of(Model model) {
    ModelLayers found =
        model instanceof IntegerNetwork integers
            ? of(integers)
            : of(
                model instanceof QuantizedNetwork quantized
                    ? quantized.network()
                    : (Network) model);
    if (found.layers.isEmpty()) {
      throw new InvalidArgumentException(
          "%s has no layer that a kernel multiplies, so there is nothing to measure"
              .formatted(NetworkText.of(model)));
    }
    return found;
  }

  private static ModelLayers of(Network network) {
    List<Layer> layers = new ArrayList<>();
    for (String name : network.weightedLayers()) {
      WeightedLayer layer = network.weightedLayer(name);
      layers.add(
          Layer.of(
              name,
              layer.weightMatrix().columns(),
              layer.outputs() / layer.groups(),
              network.outputOf(network.index(name))));
    }
    return new ModelLayers(layers);
  }

  /** Without depthwise convolutions, which the host computes. */
  private static ModelLayers of(IntegerNetwork network) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      IntegerLayer layer = network.layers().get(i);
      if (NetworkPlan.usesDevice(layer)) {
        WeightedIntegerLayer weighted = (WeightedIntegerLayer) layer;
        layers.add(
            Layer.of(
                layer.name(),
                weighted.weights().inputs(),
                weighted.weights().outputs() / weighted.groups(),
                network.outputOf(i)));
      }
    }
    return new ModelLayers(layers);
  }

  /** The sizes, each once. */
  List<LayerSize> sizes() {
    return layers.stream().map(Layer::size).distinct().toList();
  }

  /** As {@code conv1 9x8 (784 rows a sample), fc1 784x10}. */
  @Override
  public String toString() {
    return layers.stream()
        .map(
            layer ->
                layer.rows() == 1
                    ? "%s %s".formatted(layer.name(), layer.size())
                    : "%s %s (%,d rows a sample)"
                        .formatted(layer.name(), layer.size(), layer.rows()))
        .collect(Collectors.joining(", "));
  }
}
