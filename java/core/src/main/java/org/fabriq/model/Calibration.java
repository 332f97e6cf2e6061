// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.EncodingObserver;
import org.fabriq.quant.Quantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * What the tensors of a network are: an encoding of its input and one of what each layer gives, per
 * tensor, of codes within int8. An integer network takes no notice of those it does not need:
 * pooling keeps the codes it gets, tanh and sigmoid have fixed ones, a layer before a ReLU or a
 * clip takes the codes after it.
 *
 * @param encodings by the name of the tensor: {@link LayerGraph#INPUT} or that of a layer
 */
public record Calibration(Map<String, Encoding> encodings) {
  /** Copies the map. */
  public Calibration {
    encodings = Map.copyOf(encodings);
  }

  /**
   * Runs the network in fp32 and observes, batch by batch.
   *
   * @param batches of inputs; training samples, never those accuracy is reported on; at least one
   * @param activations for instance {@code affine:8}
   */
  public static Calibration of(
      Network network, Iterable<Float32Tensor> batches, Quantizer activations) {
    Map<String, EncodingObserver> observers = new LinkedHashMap<>();
    observers.put(LayerGraph.INPUT, activations.observer());
    network.layers().forEach(layer -> observers.put(layer.name(), activations.observer()));
    for (Float32Tensor batch : batches) {
      observers.get(LayerGraph.INPUT).observe(batch);
      network.forward(batch, (index, layer, in, out) -> observers.get(layer.name()).observe(out));
    }
    Map<String, Encoding> encodings = new HashMap<>();
    observers.forEach((name, observer) -> encodings.put(name, observer.encoding()));
    return new Calibration(encodings);
  }

  /** The same, with another encoding of the network's input. */
  public Calibration withInput(Encoding encoding) {
    Map<String, Encoding> changed = new HashMap<>(encodings);
    changed.put(LayerGraph.INPUT, encoding);
    return new Calibration(changed);
  }

  /**
   * The encoding of a tensor.
   *
   * @throws InvalidArgumentException if there is none
   */
  public Encoding of(String tensor) {
    Encoding encoding = encodings.get(tensor);
    if (encoding == null) {
      throw new InvalidArgumentException(
          "no encoding of %s; there are those of %s: calibrate the network that is converted"
              .formatted(tensor, new TreeMap<>(encodings).keySet()));
    }
    return encoding;
  }
}
