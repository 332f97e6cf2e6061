// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.WeightedIntegerLayer;
import org.fabriq.model.Model;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.WeightedLayer;

/**
 * The multiplications of a layer with weights for one sample.
 *
 * @param groups how many there are
 * @param rows of A in each
 * @param inputs the columns of A
 * @param outputs the columns of B
 */
record LayerWork(String name, int groups, int rows, int inputs, int outputs) {
  /** Those of all layers with weights, in order. */
  static List<LayerWork> of(Model model) {
    return model instanceof IntegerNetwork integers
        ? of(integers)
        : of(WorkloadOptions.network(model).network());
  }

  private static List<LayerWork> of(IntegerNetwork network) {
    return IntStream.range(0, network.graph().size())
        .filter(i -> network.graph().layer(i) instanceof WeightedIntegerLayer)
        .mapToObj(
            i -> {
              WeightedIntegerLayer layer = (WeightedIntegerLayer) network.graph().layer(i);
              SampleShape shape = network.outputOf(i);
              return new LayerWork(
                  layer.name(),
                  layer.groups(),
                  shape.height() * shape.width(),
                  layer.weights().inputs(),
                  layer.weights().outputs() / layer.groups());
            })
        .toList();
  }

  private static List<LayerWork> of(Network network) {
    return network.weightedLayers().stream()
        .map(
            name -> {
              WeightedLayer layer = network.weightedLayer(name);
              SampleShape shape = network.outputOf(network.index(name));
              return new LayerWork(
                  name,
                  layer.groups(),
                  shape.height() * shape.width(),
                  layer.weightMatrix().columns(),
                  layer.outputs() / layer.groups());
            })
        .toList();
  }
}
