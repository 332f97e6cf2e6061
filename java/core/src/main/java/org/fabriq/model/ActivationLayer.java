// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.Objects;
import org.fabriq.tensor.Float32Tensor;

/** An {@link Activation} of each value. */
public record ActivationLayer(String name, Activation activation) implements FunctionLayer {
  /** Refuses to be made without a function. */
  public ActivationLayer {
    Objects.requireNonNull(activation);
  }

  @Override
  public double value(double x) {
    return activation.value(x);
  }

  @Override
  public Float32Tensor forward(Float32Tensor x) {
    Float32Tensor out = (Float32Tensor) x.copy();
    activation.apply(out);
    return out;
  }
}
