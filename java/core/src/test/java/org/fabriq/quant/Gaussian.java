// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.SplittableRandom;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.Seed;

/** Values of the standard normal distribution, by the method of Box and Muller. */
final class Gaussian {
  private Gaussian() {}

  static Float32Tensor tensor(String test, int... shape) {
    SplittableRandom random = Seed.random(test);
    Float32Tensor values = Float32Tensor.allocate(shape);
    for (int i = 0; i < values.size(); i++) {
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      values.set(i, (float) (radius * Math.cos(2 * Math.PI * random.nextDouble())));
    }
    return values;
  }
}
