// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.io.NpzFile;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Networks of dense layers in the form that trainers and the lab write: an npz with fc1w, fc2w, ...
 * for any number of layers and, for each, an optional bias fc1b, fc2b, ...; all fp32. Weights are N
 * x K (outputs x inputs). If the shapes chain only when all are read as K x N, all are transposed.
 */
public final class DenseNpz {
  private DenseNpz() {}

  /**
   * Reads a network. The file does not say what its layers but the last apply.
   *
   * @param activation what they apply; null is refused, but for a single layer
   * @return layers fc1, fc2, ..., and activation functions between them, called as fc1.tanh
   * @throws org.fabriq.FileFormatException if the file is no npz
   * @throws ShapeException if shapes do not chain
   * @throws InvalidArgumentException if an entry is missing, unknown or not fp32, or there is no
   *     activation function
   */
  public static Network read(Path file, Activation activation) {
    return network(NpzFile.read(file), file.toString(), activation);
  }

  /**
   * The network of what a file holds; see {@link #read}.
   *
   * @param file what errors are to call it
   */
  public static Network network(
      Map<String, ? extends Tensor> tensors, String file, Activation activation) {
    List<DenseLayer> layers = layers(tensors);
    checkChain(layers);
    if (layers.size() > 1) {
      Activation.agreed(file, null, activation);
    }
    return network(layers, activation);
  }

  /**
   * Layers with an activation function behind each but the last.
   *
   * @throws ShapeException if there is no layer, or a layer's inputs are not as many as the outputs
   *     before it
   */
  static Network network(List<DenseLayer> layers, Activation activation) {
    checkChain(layers);
    List<Layer> chain = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      DenseLayer layer = layers.get(i);
      chain.add(layer);
      if (i + 1 < layers.size() && activation != Activation.NONE) {
        chain.add(new ActivationLayer(layer.name() + "." + activation.word(), activation));
      }
    }
    return new Network(SampleShape.vector(layers.get(0).inputs()), chain);
  }

  private static void checkChain(List<DenseLayer> layers) {
    if (layers.isEmpty()) {
      throw new ShapeException("a network of 0 layers; give at least one");
    }
    for (int i = 1; i < layers.size(); i++) {
      DenseLayer before = layers.get(i - 1);
      DenseLayer layer = layers.get(i);
      if (before.outputs() != layer.inputs()) {
        throw new ShapeException(
            "layer %s gives %d values and layer %s takes %d; they must be equal"
                .formatted(before.name(), before.outputs(), layer.name(), layer.inputs()));
      }
    }
  }

  private static List<DenseLayer> layers(Map<String, ? extends Tensor> tensors) {
    checkNames(tensors);
    List<Float32Tensor> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int i = 1; tensors.containsKey("fc" + i + "w"); i++) {
      Float32Tensor weight = float32(tensors, "fc" + i + "w");
      checkMatrix("fc" + i + "w", weight);
      weights.add(weight);
      Float32Tensor bias = float32(tensors, "fc" + i + "b");
      biases.add(bias == null ? null : bias.toArray());
    }
    boolean transposed = !chains(weights, biases, 0) && chains(weights, biases, 1);
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Float32Tensor weight = transposed ? weights.get(i).transpose() : weights.get(i);
      layers.add(new DenseLayer("fc" + (i + 1), weight, biases.get(i)));
    }
    return layers;
  }

  private static void checkNames(Map<String, ? extends Tensor> tensors) {
    int layers = 0;
    while (tensors.containsKey("fc" + (layers + 1) + "w")) {
      layers++;
    }
    for (String name : new TreeMap<>(tensors).keySet()) {
      boolean known =
          name.matches("fc[1-9][0-9]{0,5}[wb]")
              && Integer.parseInt(name.substring(2, name.length() - 1)) <= layers;
      if (!known) {
        throw new InvalidArgumentException(
            "entry %s among %d layers; name weights fc1w, fc2w, ... and biases fc1b, fc2b, ..."
                .formatted(name, layers));
      }
    }
  }

  private static Float32Tensor float32(Map<String, ? extends Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor != null && !(tensor instanceof Float32Tensor)) {
      throw new InvalidArgumentException(
          "entry %s is %s; convert it with astype('float32')".formatted(name, tensor));
    }
    return (Float32Tensor) tensor;
  }

  private static void checkMatrix(String name, Float32Tensor weight) {
    if (weight.rank() != 2) {
      throw new ShapeException(
          "entry %s is %s; weights are N x K (outputs x inputs)".formatted(name, weight));
    }
  }

  /** Whether layers and biases fit each other when outputs lie on this axis of the weights. */
  private static boolean chains(List<Float32Tensor> weights, List<float[]> biases, int outputs) {
    for (int i = 0; i < weights.size(); i++) {
      int given = weights.get(i).dimension(outputs);
      boolean biasFits = biases.get(i) == null || biases.get(i).length == given;
      boolean last = i + 1 == weights.size();
      if (!biasFits || !last && weights.get(i + 1).dimension(1 - outputs) != given) {
        return false;
      }
    }
    return true;
  }
}
