// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.WeightQuantizer;

/**
 * The plain way from a network's weights to those of an integer network: each to its nearest code.
 */
public final class NearestWeights {
  private NearestWeights() {}

  /** The weights of each dense layer and convolution, by name, in the order of the network. */
  public static Map<String, QuantizedTensor> quantize(Network network, WeightQuantizer quantizer) {
    Map<String, QuantizedTensor> weights = new LinkedHashMap<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof WeightedLayer weighted) {
        weights.put(layer.name(), quantizer.quantize(weighted.weight()).integers());
      }
    }
    return weights;
  }
}
