// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/** The sum of two tensors of one shape, element by element, in fp32. */
public record AddLayer(String name) implements Layer {
  @Override
  public int inputCount() {
    return 2;
  }

  /**
   * @throws ShapeException if the shapes differ; nothing is broadcast
   */
  @Override
  public SampleShape output(List<SampleShape> inputs) {
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new ShapeException(
          "layer %s adds %s and %s; both must have one shape"
              .formatted(name, inputs.get(0), inputs.get(1)));
    }
    return inputs.get(0);
  }

  @Override
  public Float32Tensor forward(List<Float32Tensor> inputs) {
    Float32Tensor left = inputs.get(0);
    Float32Tensor right = inputs.get(1);
    output(List.of(Samples.shape(left), Samples.shape(right)));
    Float32Tensor out = Float32Tensor.allocate(left.shape());
    for (int i = 0; i < out.size(); i++) {
      out.set(i, left.get(i) + right.get(i));
    }
    return out;
  }
}
