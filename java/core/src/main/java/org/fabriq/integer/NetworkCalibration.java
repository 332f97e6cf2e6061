// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.ShapeException;
import org.fabriq.model.Layer;
import org.fabriq.model.Network;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.EncodingObserver;
import org.fabriq.quant.Quantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * What the activations of a network are: an encoding of its input and one of each layer's outputs,
 * per tensor, of codes within int8. An integer network takes no notice of those it does not need:
 * pooling keeps the codes it gets, tanh and sigmoid have fixed ones, a layer before a ReLU or a
 * clip takes the codes after it.
 *
 * @param input the encoding of the network's input
 * @param outputs one per layer
 */
public record NetworkCalibration(Encoding input, List<Encoding> outputs) {
  /** Copies the list. */
  public NetworkCalibration {
    outputs = List.copyOf(outputs);
  }

  /**
   * Runs the network in fp32 and observes, batch by batch.
   *
   * @param batches of inputs; training samples, never those accuracy is reported on; at least one
   * @param activations for instance {@code affine:8}
   */
  public static NetworkCalibration of(
      Network network, Iterable<Float32Tensor> batches, Quantizer activations) {
    EncodingObserver input = activations.observer();
    List<EncodingObserver> observers = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      observers.add(activations.observer());
    }
    for (Float32Tensor batch : batches) {
      input.observe(batch);
      network.forward(batch, (index, layer, in, out) -> observers.get(index).observe(out));
    }
    return new NetworkCalibration(
        input.encoding(), observers.stream().map(EncodingObserver::encoding).toList());
  }

  /** The same, with another encoding of the input. */
  public NetworkCalibration withInput(Encoding encoding) {
    return new NetworkCalibration(encoding, outputs);
  }

  /**
   * Checks that there is an encoding for each layer.
   *
   * @throws ShapeException if there is not
   */
  void checkFor(List<Layer> layers) {
    if (layers.size() != outputs.size()) {
      throw new ShapeException(
          "%d encodings of outputs for %d layers; calibrate the network that is converted"
              .formatted(outputs.size(), layers.size()));
    }
  }
}
