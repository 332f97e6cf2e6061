// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.ActivationQuantizers;
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
   * @param quantizers what chooses the encodings
   */
  public static Calibration of(
      Network network, Iterable<Float32Tensor> batches, ActivationQuantizers quantizers) {
    Map<String, EncodingObserver> observers = new LinkedHashMap<>();
    observers.put(LayerGraph.INPUT, quantizers.inputs().observer());
    List<String> weighted = network.weightedLayers();
    for (Layer layer : network.layers()) {
      int place = weighted.indexOf(layer.name());
      Quantizer outputs = place + 1 == weighted.size() ? quantizers.logits() : quantizers.outputs();
      observers.put(layer.name(), (place < 0 ? quantizers.inputs() : outputs).observer());
    }
    for (Float32Tensor batch : batches) {
      observers.get(LayerGraph.INPUT).observe(batch);
      network.forward(batch, (index, layer, in, out) -> observers.get(layer.name()).observe(out));
    }
    Map<String, Encoding> encodings = new HashMap<>();
    observers.forEach((name, observer) -> encodings.put(name, observer.encoding()));
    return new Calibration(encodings);
  }

  /**
   * The same with one quantizer for all tensors.
   *
   * @param activations for instance {@code affine:8}
   */
  public static Calibration of(
      Network network, Iterable<Float32Tensor> batches, Quantizer activations) {
    return of(network, batches, ActivationQuantizers.all(activations));
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
