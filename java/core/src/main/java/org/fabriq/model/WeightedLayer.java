// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.Arrays;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * A layer that multiplies by weights: for each group, outputs = X * transpose(W) + bias, where X
 * are the {@link #inputRows} of the group and W its rows of {@link #weightMatrix}.
 */
public sealed interface WeightedLayer extends UnaryLayer permits DenseLayer, Conv2dLayer {
  /** The weights, finite; axis 0 are the outputs. */
  Float32Tensor weight();

  /** One value per output, or null for none; a copy. */
  float[] bias();

  /** How many groups of outputs see inputs of their own; 1 for all see all. */
  int groups();

  /**
   * The matrix that a group's weights multiply: one row per result.
   *
   * @param x as {@link #forward} takes it
   * @param group from 0
   * @return rows x {@code weightMatrix().columns()}; may share the memory of x
   */
  Float32Tensor inputRows(Float32Tensor x, int group);

  /**
   * The same layer with other weights.
   *
   * @param weight of the shape of {@link #weight} or of {@link #weightMatrix}; taken over
   * @throws ShapeException if it has another shape
   */
  WeightedLayer withWeight(Float32Tensor weight);

  /** The same layer with another bias; null for none. */
  WeightedLayer withBias(float[] bias);

  @Override
  default void describe(LayerSink sink) {
    sink.array("weight", weight());
    sink.array("bias", bias());
  }

  /** The biases of a group's outputs, a copy; null for none. */
  default float[] bias(int group) {
    int count = outputs() / groups();
    float[] bias = bias();
    return bias == null ? null : Arrays.copyOfRange(bias, group * count, (group + 1) * count);
  }

  /** The number of outputs: features of a dense layer, channels of a convolution. */
  default int outputs() {
    return weight().dimension(0);
  }

  /** The weights as outputs x inputs of each, sharing their memory. */
  default Float32Tensor weightMatrix() {
    return weight().reshape(outputs(), weight().size() / outputs());
  }

  /** The rows of {@link #weightMatrix} of a group, sharing its memory. */
  default Float32Tensor weightMatrix(int group) {
    int rows = outputs() / groups();
    return weightMatrix().rows(group * rows, (group + 1) * rows);
  }
}
