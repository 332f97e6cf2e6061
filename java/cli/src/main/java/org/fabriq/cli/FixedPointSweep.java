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
   * Finds the fl in wl - 4 .. wl + 4 with the most right classes on these samples, or the greatest
   * SQNR where they have no labels; the smallest of equals.
   *
   * @param fp32 what fp32 gives for them
   */
  int bestFractionLength(int wl, TestSet training, Predictions fp32, Device cpu) {
    int best = wl - FRACTION_SPAN;
    double most = Double.NEGATIVE_INFINITY;
    for (int fl = wl - FRACTION_SPAN; fl <= wl + FRACTION_SPAN; fl++) {
      try (NetworkPlan plan = plan(wl, fl, cpu, cpu, training.batch())) {
        double merit = training.score(training.predict(plan::run, done -> {}), fp32).merit();
        if (merit > most) {
          most = merit;
          best = fl;
        }
      }
    }
    return best;
  }
}
