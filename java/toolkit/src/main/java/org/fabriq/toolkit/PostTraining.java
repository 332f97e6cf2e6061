// SPDX-License-Identifier: Apache-2.0
package org.fabriq.toolkit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Quantizes the weights of a network layer by layer, from the first to the last: each layer's codes
 * are chosen, and its bias is corrected, for what the quantized layers before it give.
 *
 * @param quantizer chooses encodings or codebooks
 * @param rounding chooses codes
 * @param bias how biases are corrected
 */
public record PostTraining(
    WeightQuantizer quantizer, WeightRounding rounding, BiasCorrection bias) {

  /**
   * Quantizes; takes as long as its parts, and runs both networks up to a layer for each of them.
   *
   * @param network in fp32
   * @param layers which weighted layers are quantized, by name; the others stay fp32
   * @param batches calibration inputs, M x inputs each, gone through several times; training
   *     samples, never those accuracy is reported on
   */
  public QuantizedNetwork quantize(
      Network network, Predicate<String> layers, Iterable<Float32Tensor> batches) {
    Map<String, QuantizedWeights> weights = new HashMap<>();
    Network corrected = network;
    Network decoded = network;
    for (int i = 0; i < network.layers().size(); i++) {
      if (network.layers().get(i) instanceof WeightedLayer layer && layers.test(layer.name())) {
        LayerInputs inputs = new LayerInputs(network, decoded, i, batches);
        QuantizedWeights codes = rounding.round(inputs, quantizer);
        float[] corrections = bias.corrected(inputs, codes.dequantize());
        weights.put(layer.name(), codes);
        corrected = corrected.with(i, layer.withBias(corrections));
        decoded = decoded.with(i, layer.withBias(corrections).withWeight(codes.dequantize()));
      }
    }
    return new QuantizedNetwork(corrected, weights);
  }
}
