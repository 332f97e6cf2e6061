// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Dense layers from arrays as PyTorch names them: LAYER.weight (outputs x inputs) and LAYER.bias,
 * fp32, in the order of the layers. The arrays say nothing of activation functions.
 */
public final class NamedWeights {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private NamedWeights() {}

  /** Whether all arrays have such names. */
  public static boolean isForm(Map<String, ? extends Tensor> arrays) {
    return !arrays.isEmpty()
        && arrays.keySet().stream().allMatch(name -> name.endsWith(WEIGHT) || name.endsWith(BIAS));
  }

  /**
   * The network of the arrays; activation functions are layers, called as fc1.relu.
   *
   * @param file what errors are to call them
   * @param asked what all layers but the last apply; null is refused, but for a single layer
   * @throws org.fabriq.ShapeException if a layer does not take what the one before it gives
   * @throws InvalidArgumentException if an array is no matrix of fp32, a bias has no weight, or
   *     there is no activation function
   */
  public static Network network(
      Map<String, ? extends Tensor> arrays, String file, Activation asked) {
    List<DenseLayer> dense = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (name.endsWith(WEIGHT)) {
            dense.add(layer(name.substring(0, name.length() - WEIGHT.length()), arrays, file));
          } else if (!arrays.containsKey(
              name.substring(0, name.length() - BIAS.length()) + WEIGHT)) {
            throw new InvalidArgumentException(
                "%s: entry %s has no weight beside it; name both LAYER.weight and LAYER.bias"
                    .formatted(file, name));
          }
        });
    Activation activation =
        dense.size() == 1 ? Activation.NONE : Activation.agreed(file, null, asked);
    List<Layer> layers = new ArrayList<>();
    for (DenseLayer layer : dense) {
      layers.add(layer);
      if (layers.size() < 2 * dense.size() - 1 && activation != Activation.NONE) {
        layers.add(new ActivationLayer(layer.name() + "." + activation.word(), activation));
      }
    }
    return new Network(SampleShape.vector(dense.get(0).inputs()), layers);
  }

  private static DenseLayer layer(String layer, Map<String, ? extends Tensor> arrays, String file) {
    Float32Tensor weight = matrix(layer + WEIGHT, arrays.get(layer + WEIGHT), file);
    Tensor bias = arrays.get(layer + BIAS);
    if (bias != null && !(bias instanceof Float32Tensor)) {
      throw new InvalidArgumentException(
          "%s: entry %s is %s; convert it with astype('float32')"
              .formatted(file, layer + BIAS, bias));
    }
    return new DenseLayer(layer, weight, bias == null ? null : ((Float32Tensor) bias).toArray());
  }

  private static Float32Tensor matrix(String name, Tensor array, String file) {
    if (array instanceof Float32Tensor weight && weight.rank() == 2) {
      return weight;
    }
    throw new InvalidArgumentException(
        ("%s: entry %s is %s; weights of dense layers are fp32, outputs x inputs. A network with"
                + " convolutions or normalization comes as ONNX, by 'fabriq import'; what 'fabriq'"
                + " wrote has its .json beside it")
            .formatted(file, name, array));
  }
}
