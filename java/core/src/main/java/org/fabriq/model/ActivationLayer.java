// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.Objects;
import org.fabriq.tensor.Float32Tensor;

/** An activation function of each value. */
public record ActivationLayer(String name, Activation activation) implements Layer {
  /** Refuses to be made without a function. */
  public ActivationLayer {
    Objects.requireNonNull(activation);
  }

  @Override
  public SampleShape output(SampleShape input) {
    return input;
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    Float32Tensor out = (Float32Tensor) x.copy();
    activation.apply(out);
    return out;
  }
}
