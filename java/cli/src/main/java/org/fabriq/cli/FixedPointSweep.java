// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Set;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.plan.CodeSemantics;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.InferencePlan.Placement;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.quant.FixedPointQuantizer;
import org.fabriq.runtime.Device;

/**
 * A model with fixed-point weights (wl, fl) in some layers and fp32 activations.
 *
 * @param layers indices, from 0, of the quantized layers
 */
record FixedPointSweep(Mlp model, Set<Integer> layers, CodeSemantics semantics) {
  private static final int FRACTION_SPAN = 4;

  /** The plan for one format; quantized layers on {@code where}, the others on {@code cpu}. */
  InferencePlan plan(int wl, int fl, Device where, Device cpu, int batch) {
    return new InferencePlan(
        model,
        i -> {
          DenseLayer layer = model.layers().get(i);
          if (!layers.contains(i)) {
            return new Placement(LayerKernel.f32f32(layer), cpu);
          }
          LayerQuantization quantization =
              new LayerQuantization(
                  new FixedPointQuantizer(wl, fl).quantize(layer.weight()), null, null);
          return new Placement(LayerKernel.f32i8(layer, quantization, semantics), where);
        },
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
      try (InferencePlan plan = plan(wl, fl, cpu, cpu, training.batch())) {
        double merit = training.score(training.predict(plan, done -> {}), fp32).merit();
        if (merit > most) {
          most = merit;
          best = fl;
        }
      }
    }
    return best;
  }
}
