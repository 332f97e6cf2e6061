// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.tensor.Float32Tensor;

/**
 * Takes batch normalization into the weights before it. With f = gamma / sqrt(variance + epsilon),
 * per output: weight' = f * weight, bias' = beta + f * (bias - mean); in double, narrowed to fp32.
 *
 * <p>Source: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", 2018, section 3.2.
 */
public final class BatchNormFolding {
  private BatchNormFolding() {}

  /**
   * The network without each normalization that directly follows a dense layer or a convolution
   * whose outputs nothing else takes; others stay.
   */
  public static Network fold(Network network) {
    LayerGraph<Layer> graph = network.graph();
    int i = 0;
    while (i < graph.size()) {
      int before = graph.inputs(i)[0];
      if (graph.layer(i) instanceof BatchNormLayer norm
          && before >= 0
          && graph.onlyReader(before) == i
          && graph.layer(before) instanceof WeightedLayer layer) {
        graph = graph.without(i).with(before, fold(layer, norm));
      } else {
        i++;
      }
    }
    return new Network(network.input(), graph);
  }

  /** One layer that computes both. */
  public static WeightedLayer fold(WeightedLayer layer, BatchNormLayer norm) {
    Float32Tensor weight = (Float32Tensor) layer.weight().copy();
    float[] bias = layer.bias() == null ? new float[layer.outputs()] : layer.bias();
    float[] beta = norm.beta();
    float[] mean = norm.mean();
    int inputs = weight.size() / bias.length;
    for (int output = 0; output < bias.length; output++) {
      double factor = norm.factor(output);
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        weight.set(i, (float) (factor * weight.get(i)));
      }
      bias[output] = (float) (beta[output] + factor * ((double) bias[output] - mean[output]));
    }
    return layer.withWeight(weight).withBias(bias);
  }
}
