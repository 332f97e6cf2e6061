// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;
import org.fabriq.tensor.Float32Tensor;

/**
 * A layer of a {@link Network}, in fp32: it makes one tensor of those that it takes. Immutable, if
 * the tensors given to it are left alone; any number of threads may share it. {@link LayerType}
 * lists the types with the words that files call them.
 */
public interface Layer extends NamedLayer {
  /**
   * The shape of its outputs for inputs of these shapes.
   *
   * @param inputs as many as {@link #inputCount}
   * @throws org.fabriq.ShapeException if it does not take such inputs
   */
  SampleShape output(List<SampleShape> inputs);

  /**
   * Its outputs, in a new tensor or a view of an input.
   *
   * @param inputs M x K, or M x C x H x W each, as {@link #output} takes them
   * @throws org.fabriq.ShapeException if it does not take such inputs
   */
  Float32Tensor forward(List<Float32Tensor> inputs);
}
