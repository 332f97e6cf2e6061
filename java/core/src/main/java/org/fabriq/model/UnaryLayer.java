// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;
import org.fabriq.tensor.Float32Tensor;

/** A layer that takes one tensor. */
public interface UnaryLayer extends Layer {
  /**
   * The shape of its outputs for inputs of a shape.
   *
   * @throws org.fabriq.ShapeException if it does not take such inputs
   */
  SampleShape output(SampleShape input);

  /**
   * Its outputs, in a new tensor or a view of x.
   *
   * @param x M x K, or M x C x H x W, as {@link #output} takes it
   * @throws org.fabriq.ShapeException if it does not take such inputs
   */
  Float32Tensor forward(Float32Tensor x);

  @Override
  default SampleShape output(List<SampleShape> inputs) {
    return output(inputs.get(0));
  }

  @Override
  default Float32Tensor forward(List<Float32Tensor> inputs) {
    return forward(inputs.get(0));
  }
}
