// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.tensor.Float32Tensor;

/** A small network and inputs for it; prints its seed. */
final class RandomModel {
  private final SplittableRandom random;

  RandomModel(long seed) {
    System.out.println("RandomModel seed " + seed);
    this.random = new SplittableRandom(seed);
  }

  /** 13-11-7-5, tanh, the second layer with a bias. */
  Mlp mlp() {
    return mlp(Activation.TANH);
  }

  /** The same with another activation function. */
  Mlp mlp(Activation activation) {
    return new Mlp(
        List.of(
            new DenseLayer("fc1", tensor(11, 13), null, activation),
            new DenseLayer("fc2", tensor(7, 11), tensor(1, 7).toArray(), activation),
            new DenseLayer("fc3", tensor(5, 7), null, Activation.NONE)));
  }

  /** Values in [-1, 1). */
  Float32Tensor tensor(int rows, int columns) {
    Float32Tensor tensor = Float32Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
