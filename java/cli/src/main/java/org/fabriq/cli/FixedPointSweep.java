// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.FixedPointQuantizer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.runtime.Device;

/**
 * A network with fixed-point weights (wl, fl) in some layers and fp32 activations.
 *
 * @param layers names of the quantized layers
 */
record FixedPointSweep(Network network, Set<String> layers, CodeSemantics semantics) {
  private static final int FRACTION_SPAN = 4;

  /** The plan for one format; quantized layers on {@code where}, the others on {@code cpu}. */
  NetworkPlan plan(int wl, int fl, Device where, Device cpu, int batch) {
    Map<String, QuantizedTensor> weights = new HashMap<>();
    FixedPointQuantizer quantizer = new FixedPointQuantizer(wl, fl);
    layers.forEach(
        name -> weights.put(name, quantizer.quantize(network.weightedLayer(name).weight())));
    QuantizedNetwork quantized = QuantizedNetwork.of(network, weights, Map.of());
    return NetworkPlan.of(
        network,
        name ->
            layers.contains(name)
                ? new KernelPlace(LayerKernel.f32i8(quantized, name, semantics), where)
                : new KernelPlace(LayerKernel.f32f32(network.weightedLayer(name)), cpu),
        batch);
  }

  /**
   * The fl in wl - 4 .. wl + 4 with the most right classes on these images; the smallest of equals.
   */
  int bestFractionLength(int wl, TestSet training, Device cpu) {
    int best = 0;
    int mostCorrect = -1;
    for (int fl = wl - FRACTION_SPAN; fl <= wl + FRACTION_SPAN; fl++) {
      try (NetworkPlan plan = plan(wl, fl, cpu, cpu, training.batch())) {
        int correct = training.correct(training.predict(plan::run, done -> {}));
        if (correct > mostCorrect) {
          mostCorrect = correct;
          best = fl;
        }
      }
    }
    return best;
  }
}
