// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.SplittableRandom;
import org.fabriq.kernel.KernelType;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.plan.CodeSemantics;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;

/** A dense layer with seeded random weights and inputs in [-1, 1], for one of the kernels. */
final class LayerWorkload {
  private static final long SEED = 1;

  private LayerWorkload() {}

  /** K inputs, N outputs, no bias; int8 outputs for i8i8. */
  static LayerKernel layer(KernelType type, int k, int n) {
    Float32Tensor weight = random(n, k);
    DenseLayer layer = new DenseLayer("layer", weight, null, Activation.NONE);
    SymmetricQuantizer quantizer = new SymmetricQuantizer(8);
    Encoding unit = quantizer.fit(random(1, 1024));
    LayerQuantization quantization =
        new LayerQuantization(quantizer.quantize(weight), unit, unit.withUnitScale());
    return switch (type) {
      case F32F32 -> LayerKernel.f32f32(layer);
      case F32I8 -> LayerKernel.f32i8(layer, quantization, CodeSemantics.RESCALED);
      case I8I8 -> LayerKernel.i8i8(layer, quantization, CodeSemantics.RESCALED);
    };
  }

  static Float32Tensor random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(SEED);
    Float32Tensor tensor = Float32Tensor.allocate(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }
}
