// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import org.fabriq.data.Samples;
import org.fabriq.plan.CodeSemantics;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.InferencePlan.Placement;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.runtime.Device;

/** How many images a quantized network classifies rightly with int8 x int8 kernels on the CPU. */
final class IntegerAccuracy {
  private IntegerAccuracy() {}

  /** The percentage of right images, 0..100; int8 outputs but for the last layer, as it runs. */
  static double percent(QuantizedModel model, Samples images) {
    try (Device cpu = Device.open("cpu");
        InferencePlan plan =
            new InferencePlan(
                model.model(), i -> new Placement(kernel(model, i), cpu), Accuracy.BATCH)) {
      return Accuracy.percent(x -> plan.run(x, null), images);
    }
  }

  private static LayerKernel kernel(QuantizedModel model, int i) {
    boolean last = i == model.layers().size() - 1;
    return last
        ? LayerKernel.i8i8Raw(
            model.model().layers().get(i), model.layers().get(i), CodeSemantics.RESCALED)
        : LayerKernel.i8i8(
            model.model().layers().get(i), model.layers().get(i), CodeSemantics.RESCALED);
  }
}
