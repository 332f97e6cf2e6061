// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/**
 * A layer of a {@link Network}, in fp32. Immutable, if the tensors given to it are left alone; any
 * number of threads may share it.
 */
public sealed interface Layer
    permits WeightedLayer,
        BatchNormLayer,
        MaxPoolLayer,
        AveragePoolLayer,
        FlattenLayer,
        ActivationLayer,
        ClipLayer {
  /** As in "conv1"; unique within a network. */
  String name();

  /**
   * The shape of its outputs for inputs of a shape.
   *
   * @throws ShapeException if it does not take such inputs
   */
  SampleShape output(SampleShape input);

  /**
   * Its outputs, in a new tensor.
   *
   * @param x M x K, or M x C x H x W, as {@link #output} takes it
   * @throws ShapeException if it does not take such inputs
   */
  Float32Tensor forward(Float32Tensor x);
}
