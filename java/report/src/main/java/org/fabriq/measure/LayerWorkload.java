// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.kernel.KernelType;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.WeightedLayer;
import org.fabriq.plan.LayerKernel;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;

/** A dense layer with seeded random weights and inputs in [-1, 1], for one of the kernels. */
final class LayerWorkload {
  private static final String LAYER = "layer";
  private static final long SEED = 1;

  private LayerWorkload() {}

  /** K inputs, N outputs, no bias. */
  static Network network(int k, int n) {
    return new Network(SampleShape.vector(k), List.of(new DenseLayer(LAYER, random(n, k), null)));
  }

  /** The kernel of the layer; int8 outputs for i8i8. */
  static LayerKernel kernel(KernelType type, Network network) {
    WeightedLayer layer = network.weightedLayer(LAYER);
    SymmetricQuantizer quantizer = new SymmetricQuantizer(8);
    Encoding unit = quantizer.fit(random(1, 1024));
    QuantizedNetwork quantized =
        QuantizedNetwork.of(
            network,
            Map.of(LAYER, quantizer.quantize(layer.weight())),
            Map.of(LayerGraph.INPUT, unit, LAYER, unit.withUnitScale()));
    return switch (type) {
      case F32F32 -> LayerKernel.f32f32(layer);
      case F32I8 -> LayerKernel.f32i8(quantized, LAYER, CodeSemantics.RESCALED);
      case I8I8 -> LayerKernel.i8i8(quantized, LAYER, CodeSemantics.RESCALED);
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
