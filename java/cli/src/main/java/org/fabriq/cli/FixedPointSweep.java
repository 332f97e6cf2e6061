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
   * The fl in wl - 4 .. wl + 4 with the most right classes on these images; the smallest of equals.
   */
  int bestFractionLength(int wl, TestSet training, Device cpu) {
    int best = 0;
    int mostCorrect = -1;
    for (int fl = wl - FRACTION_SPAN; fl <= wl + FRACTION_SPAN; fl++) {
      try (InferencePlan plan = plan(wl, fl, cpu, cpu, training.batch())) {
        int correct = training.correct(training.predict(plan, done -> {}));
        if (correct > mostCorrect) {
          mostCorrect = correct;
          best = fl;
        }
      }
    }
    return best;
  }
}
