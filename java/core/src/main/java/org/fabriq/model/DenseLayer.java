// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.Objects;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * A fully connected layer: activation(x * transpose(W) + bias).
 *
 * @param name as in "fc1"
 * @param weight W, N x K (outputs x inputs), finite; taken over, not copied
 * @param bias N values, or null for none; copied
 */
public record DenseLayer(String name, Float32Tensor weight, float[] bias, Activation activation) {
  /**
   * @throws ShapeException if the weight is no matrix, or the bias has not one value per output
   * @throws InvalidArgumentException if a weight or a bias is not finite
   */
  public DenseLayer {
    Objects.requireNonNull(activation);
    if (bias != null && bias.length != weight.rows()) {
      throw new ShapeException(
          "layer %s: %d biases for weights %s; give one per output (axis 0)"
              .formatted(name, bias.length, weight));
    }
    bias = bias == null ? null : bias.clone();
    for (int i = 0; i < weight.size(); i++) {
      checkFinite(name, "weight", i, weight.get(i));
    }
    for (int i = 0; bias != null && i < bias.length; i++) {
      checkFinite(name, "bias", i, bias[i]);
    }
  }

  private static void checkFinite(String name, String what, int index, float value) {
    if (!Float.isFinite(value)) {
      throw new InvalidArgumentException(
          "layer %s: %s %d is %s; it must be finite, train again or repair the file"
              .formatted(name, what, index, value));
    }
  }

  /** A copy, or null for none. */
  @Override
  public float[] bias() {
    return bias == null ? null : bias.clone();
  }

  /** The inputs K. */
  public int inputs() {
    return weight.columns();
  }

  /** The outputs N. */
  public int outputs() {
    return weight.rows();
  }
}
