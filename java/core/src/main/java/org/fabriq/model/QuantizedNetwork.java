// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.ModelFile;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.QuantizedWeights;

/**
 * A network with codes for the weights of some or all of its layers, and what its tensors are.
 *
 * @param network in fp32; weights that have codes are what the codes stand for
 * @param weights the codes by layer name, of the shape of the layer's weights; a layer without
 *     stays fp32
 * @param encodings by the name of a tensor, {@link LayerGraph#INPUT} or that of a layer, or by
 *     LAYER.input where a layer takes codes of its own; may be empty or incomplete
 */
public record QuantizedNetwork(
    Network network, Map<String, QuantizedWeights> weights, Map<String, Encoding> encodings)
    implements Model {
  /** What the JSON of its file form says that it is. */
  public static final String KIND = "quantized-network";

  /**
   * Copies the maps, in the order of the layers.
   *
   * @throws InvalidArgumentException if there are codes of a layer that is not there or has no
   *     weights
   */
  public QuantizedNetwork {
    Map<String, QuantizedWeights> sorted = new LinkedHashMap<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof WeightedLayer && weights.containsKey(layer.name())) {
        sorted.put(layer.name(), weights.get(layer.name()));
      }
    }
    for (String name : weights.keySet()) {
      if (!sorted.containsKey(name)) {
        throw new InvalidArgumentException(
            "codes of %s, which is no layer with weights of %s".formatted(name, network));
      }
    }
    weights = Collections.unmodifiableMap(sorted);
    encodings = Map.copyOf(encodings);
  }

  /**
   * A network with the weights of some layers replaced by what codes stand for.
   *
   * @param network in fp32
   */
  public static QuantizedNetwork of(
      Network network,
      Map<String, ? extends QuantizedWeights> weights,
      Map<String, Encoding> encodings) {
    Network decoded = network;
    for (Map.Entry<String, ? extends QuantizedWeights> entry : weights.entrySet()) {
      int index = decoded.index(entry.getKey());
      if (decoded.layers().get(index) instanceof WeightedLayer layer) {
        decoded = decoded.with(index, layer.withWeight(entry.getValue().dequantize()));
      }
    }
    return new QuantizedNetwork(decoded, Map.copyOf(weights), encodings);
  }

  /** A network without codes. */
  public static QuantizedNetwork unquantized(Network network) {
    return new QuantizedNetwork(network, Map.of(), Map.of());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws org.fabriq.FileFormatException if it is no description of a quantized network
   */
  public static QuantizedNetwork of(ModelFile file) {
    return QuantizedNetworkFile.read(file);
  }

  /** Writes NAME.json and NAME.npz; the same network gives the same bytes. */
  public void write(Path file) {
    QuantizedNetworkFile.write(this, file);
  }

  @Override
  public SampleShape input() {
    return network.input();
  }

  @Override
  public SampleShape output() {
    return network.output();
  }

  /** The same with other encodings. */
  public QuantizedNetwork with(Calibration calibration) {
    return new QuantizedNetwork(network, weights, calibration.encodings());
  }

  /** A layer with weights; see {@link Network#weightedLayer}. */
  public WeightedLayer layer(String name) {
    return network.weightedLayer(name);
  }

  /**
   * The codes of a layer's weights as integers of one meaning.
   *
   * @throws InvalidArgumentException if it has none
   */
  public QuantizedTensor codes(String name) {
    QuantizedWeights codes = weights.get(name);
    if (codes == null) {
      throw new InvalidArgumentException(
          "no codes for the weights of %s; there are those of %s"
              .formatted(name, weights.keySet()));
    }
    return codes.integers();
  }

  /**
   * What the codes of a layer's input stand for.
   *
   * @throws InvalidArgumentException if that is not known
   */
  public Encoding inputCodes(String name) {
    String own = name + ".input";
    return encoding(
        encodings.containsKey(own)
            ? own
            : network.graph().nodes().get(network.index(name)).inputs().get(0));
  }

  /**
   * What the codes of a layer's output, before any activation function, stand for.
   *
   * @throws InvalidArgumentException if that is not known
   */
  public Encoding outputCodes(String name) {
    return encoding(name);
  }

  private Encoding encoding(String tensor) {
    Encoding encoding = encodings.get(tensor);
    if (encoding == null) {
      throw new InvalidArgumentException(
          "no encoding of %s; there are those of %s"
              .formatted(tensor, new TreeMap<>(encodings).keySet()));
    }
    return encoding;
  }
}
