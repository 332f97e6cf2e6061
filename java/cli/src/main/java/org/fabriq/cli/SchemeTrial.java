// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.function.Supplier;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Network;
import org.fabriq.plan.Arithmetic;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;

/** Finds weights that the kernels of an arithmetic do not take, before any image is there. */
final class SchemeTrial {
  private SchemeTrial() {}

  /**
   * Quantizes zeros of the shapes of layers' weights.
   *
   * @param layers their names
   * @throws InvalidArgumentException if the scheme does not go with the shape of one, or its codes
   *     not with the arithmetic
   */
  static void check(
      WeightQuantizer scheme, Arithmetic arithmetic, Network network, Iterable<String> layers) {
    for (String name : layers) {
      Float32Tensor zeros = Float32Tensor.allocate(network.weightedLayer(name).weight().shape());
      named(name + " by " + scheme.name(), arithmetic, () -> scheme.quantize(zeros));
    }
  }

  /**
   * Looks at codes that are there.
   *
   * @param name of the layer
   * @throws InvalidArgumentException if kernels of the arithmetic do not take them
   */
  static void check(String name, QuantizedWeights codes, Arithmetic arithmetic) {
    named(name, arithmetic, () -> codes);
  }

  private static void named(
      String what, Arithmetic arithmetic, Supplier<? extends QuantizedWeights> weights) {
    try {
      QuantizedWeights codes = weights.get();
      if (arithmetic.quantized()) {
        codes.integers().matrix();
      }
    } catch (InvalidArgumentException e) {
      throw new InvalidArgumentException(
          "layer %s in %s: %s".formatted(what, arithmetic.label(), e.getMessage()));
    }
  }
}
