// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.tensor.Float32Tensor;

/**
 * A function of each value: evaluated in double by {@link StrictMath} where it is transcendental,
 * so that the bits are the same on every machine, and narrowed to fp32. NaN stays NaN.
 */
public interface FunctionLayer extends UnaryLayer {
  /** The function. */
  double value(double x);

  @Override
  default SampleShape output(SampleShape input) {
    return input;
  }

  @Override
  default Float32Tensor forward(Float32Tensor x) {
    Float32Tensor out = Float32Tensor.allocate(x.shape());
    for (int i = 0; i < x.size(); i++) {
      out.set(i, (float) value(x.get(i)));
    }
    return out;
  }
}
