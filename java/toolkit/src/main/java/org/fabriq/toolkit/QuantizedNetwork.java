// SPDX-License-Identifier: Apache-2.0
package org.fabriq.toolkit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.ShapeException;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.QuantizedWeights;

/**
 * A network with codes for the weights of some or all of its layers.
 *
 * @param network in fp32: the weights before they were quantized, the biases as they are to be used
 * @param weights by the name of a weighted layer, of the shape of its weights
 */
public record QuantizedNetwork(Network network, Map<String, QuantizedWeights> weights) {
  /**
   * @throws org.fabriq.InvalidArgumentException if no layer has a name
   * @throws ShapeException if codes have another shape than the weights
   */
  public QuantizedNetwork {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
    weights.forEach((name, codes) -> decoded(network.layers().get(network.index(name)), codes));
  }

  /** The network in fp32 with what the codes stand for as weights. */
  public Network decoded() {
    Network decoded = network;
    for (Map.Entry<String, QuantizedWeights> named : weights.entrySet()) {
      int index = network.index(named.getKey());
      decoded = decoded.with(index, decoded(network.layers().get(index), named.getValue()));
    }
    return decoded;
  }

  private static WeightedLayer decoded(Layer layer, QuantizedWeights codes) {
    if (!(layer instanceof WeightedLayer weighted)) {
      throw new ShapeException("layer %s has no weights; leave it out".formatted(layer.name()));
    }
    return weighted.withWeight(codes.dequantize());
  }
}
