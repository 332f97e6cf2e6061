// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.model.Mlp;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.EncodingObserver;
import org.fabriq.tensor.Float32Tensor;

/**
 * Encodings of each layer's inputs and of its outputs before the activation function, fitted to
 * what the fp32 network computes for calibration images.
 *
 * @param inputs one per layer
 * @param outputs one per layer
 */
public record Calibration(List<Encoding> inputs, List<Encoding> outputs) {
  /**
   * Runs the network in fp32, batch by batch, and observes.
   *
   * @param batches M x inputs each, at least one; training images, never those accuracy is reported
   *     on
   */
  public static Calibration of(
      Mlp model, Iterable<Float32Tensor> batches, ActivationQuantizers quantizers) {
    List<EncodingObserver> inputs = new ArrayList<>();
    List<EncodingObserver> outputs = new ArrayList<>();
    for (int i = 1; i <= model.layers().size(); i++) {
      boolean last = i == model.layers().size();
      inputs.add(quantizers.inputs().observer());
      outputs.add((last ? quantizers.logits() : quantizers.outputs()).observer());
    }
    Network network = model.network();
    for (Float32Tensor batch : batches) {
      int[] next = {0};
      network.forward(
          batch,
          (index, layer, in, out) -> {
            if (layer instanceof WeightedLayer) {
              inputs.get(next[0]).observe(in.get(0));
              outputs.get(next[0]++).observe(out);
            }
          });
    }
    return new Calibration(encodings(inputs), encodings(outputs));
  }

  private static List<Encoding> encodings(List<EncodingObserver> observers) {
    return observers.stream().map(EncodingObserver::encoding).toList();
  }
}
