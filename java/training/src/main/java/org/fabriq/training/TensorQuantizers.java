// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.fabriq.integer.CodeTable;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.Calibration;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;

/** Which tensors of a network are quantized while it is trained, and by what. */
final class TensorQuantizers {
  private final NDManager manager;
  private final Network network;
  private final Calibration calibration;
  private final boolean zeroPoints;
  private final Map<String, LearnedEncoding> learned = new LinkedHashMap<>();
  private final Map<String, FakeQuantizer> made = new HashMap<>();
  private final Map<String, FakeQuantizer> taken = new HashMap<>();

  /**
   * None yet.
   *
   * @param calibration the encodings that are learned start as these
   * @param zeroPoints whether zero points are learned too
   */
  TensorQuantizers(
      NDManager manager, Network network, Calibration calibration, boolean zeroPoints) {
    this.manager = manager;
    this.network = network;
    this.calibration = calibration;
    this.zeroPoints = zeroPoints;
  }

  /**
   * Quantizes what layers with weights take, and what all of them but the last give.
   *
   * @throws org.fabriq.InvalidArgumentException if an encoding is not one of activations
   */
  TensorQuantizers aroundWeights() {
    for (String layer : network.weightedLayers()) {
      String input = network.graph().nodes().get(network.index(layer)).inputs().get(0);
      if (!made.containsKey(input)) {
        taken.computeIfAbsent(input, this::learn);
      }
      if (!network.isLastWeighted(layer)) {
        made.put(layer, learn(layer));
      }
    }
    return this;
  }

  /**
   * Quantizes all tensors that an integer network has codes of.
   *
   * @param input what the codes of the network's input stand for, or null to learn it
   * @param calibrated the layers that {@link org.fabriq.integer.IntegerNetwork#calibratedLayers}
   *     names
   * @throws org.fabriq.InvalidArgumentException if an encoding is not one of activations
   */
  TensorQuantizers asIntegers(Encoding input, Set<String> calibrated) {
    made.put(LayerGraph.INPUT, input == null ? learn(LayerGraph.INPUT) : new FixedEncoding(input));
    for (Layer layer : network.layers()) {
      FakeQuantizer own = calibrated.contains(layer.name()) ? learn(layer.name()) : given(layer);
      if (own != null) {
        made.put(layer.name(), own);
      }
    }
    return this;
  }

  /** The quantizer of what a layer gives that calibration has no say in; null for none. */
  private FakeQuantizer given(Layer layer) {
    if (layer instanceof AveragePoolLayer || layer instanceof GlobalAveragePoolLayer) {
      return before(layer.name());
    }
    if (layer instanceof ActivationLayer function) {
      if (function.activation() == Activation.TANH) {
        return new FixedEncoding(CodeTable.TANH_CODES);
      }
      if (function.activation() == Activation.SIGMOID) {
        return new FixedEncoding(CodeTable.SIGMOID_CODES);
      }
    }
    return null;
  }

  /** That of the codes which a layer that keeps its codes takes. */
  private FakeQuantizer before(String layer) {
    String tensor = layer;
    do {
      tensor = network.graph().nodes().get(network.index(tensor)).inputs().get(0);
    } while (!made.containsKey(tensor));
    return made.get(tensor);
  }

  private LearnedEncoding learn(String tensor) {
    return learned.computeIfAbsent(
        tensor,
        name -> {
          SampleShape shape =
              name.equals(LayerGraph.INPUT)
                  ? network.input()
                  : network.outputOf(network.index(name));
          return LearnedEncoding.ofActivations(
              manager,
              name,
              calibration.of(name),
              shape.size(),
              1 + shape.dimensions().size(),
              zeroPoints);
        });
  }

  /** What takes the place of a tensor as soon as it is made. */
  NDArray made(String tensor, NDArray x, ParameterValues values) {
    FakeQuantizer own = made.get(tensor);
    return own == null ? x : own.apply(x, values);
  }

  /** What takes the place of a tensor where a layer with weights takes it. */
  NDArray taken(String tensor, NDArray x, ParameterValues values) {
    FakeQuantizer own = taken.get(tensor);
    return own == null ? x : own.apply(x, values);
  }

  /** The encodings that are learned, each once. */
  Collection<LearnedEncoding> learned() {
    return learned.values();
  }

  /** The encodings learned, as of now, by tensor. */
  Map<String, Encoding> encodings() {
    Map<String, Encoding> encodings = new HashMap<>();
    learned.forEach((tensor, encoding) -> encodings.put(tensor, encoding.encoding()));
    return encodings;
  }
}
