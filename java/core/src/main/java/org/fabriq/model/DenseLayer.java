// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.JavaMatmul;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.tensor.Float32Tensor;

/**
 * A fully connected layer: x * transpose(W) + bias.
 *
 * @param name as in "fc1"
 * @param weight W, N x K (outputs x inputs), finite; taken over, not copied
 * @param bias N values, or null for none; copied
 */
public record DenseLayer(String name, Float32Tensor weight, float[] bias) implements WeightedLayer {
  /**
   * @throws ShapeException if the weight is no matrix, or the bias has not one value per output
   * @throws InvalidArgumentException if a weight or a bias is not finite
   */
  public DenseLayer {
    bias = FiniteValues.perOutput(name, "bias", bias, weight.rows());
    FiniteValues.check(name, "weight", weight);
  }

  /** Reads the file form. */
  static DenseLayer read(LayerSource source) {
    return new DenseLayer(
        source.name(), source.array("weight", Float32Tensor.class), source.valuesOrNull("bias"));
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

  @Override
  public int groups() {
    return 1;
  }

  @Override
  public SampleShape output(SampleShape input) {
    if (input.isImage() || input.size() != inputs()) {
      throw new ShapeException(
          "layer %s takes vectors of %d values, not %s; flatten images before it"
              .formatted(name, inputs(), input));
    }
    return SampleShape.vector(outputs());
  }

  @Override
  public Float32Tensor inputRows(Float32Tensor x, int group) {
    return x;
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    Float32Tensor out = Float32Tensor.allocate(x.rows(), outputs());
    new JavaMatmul(WeightsF32F32.ofLayer(weight, bias)).multiply(x, out);
    return out;
  }

  @Override
  public DenseLayer withWeight(Float32Tensor other) {
    return new DenseLayer(name, other.reshape(weight.shape()), bias);
  }

  @Override
  public DenseLayer withBias(float[] other) {
    return new DenseLayer(name, weight, other);
  }
}
