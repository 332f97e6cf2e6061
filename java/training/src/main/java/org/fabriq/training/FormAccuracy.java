// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import org.fabriq.data.Samples;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.runtime.Device;

/** How many images a quantized network classifies rightly as it is to run, on the CPU. */
final class FormAccuracy {
  private FormAccuracy() {}

  /** The percentage of right images, 0..100. */
  static double percent(QuantizedNetwork network, Arithmetic form, Samples images) {
    try (Device cpu = Device.open("cpu");
        NetworkPlan plan = plan(network, form, cpu)) {
      return Accuracy.percent(plan::run, images);
    }
  }

  private static NetworkPlan plan(QuantizedNetwork network, Arithmetic form, Device cpu) {
    if (form == Arithmetic.INTEGER) {
      return NetworkPlan.on(integers(network), cpu, Accuracy.BATCH);
    }
    // int8 outputs of i8i8 but for the last layer, as it runs.
    return NetworkPlan.of(
        network.network(),
        name ->
            new KernelPlace(
                LayerKernel.of(
                    form,
                    network,
                    name,
                    CodeSemantics.RESCALED,
                    network.network().isLastWeighted(name)),
                cpu),
        Accuracy.BATCH);
  }

  /** The integer network of one that was trained as such. */
  static IntegerNetwork integers(QuantizedNetwork network) {
    return IntegerNetwork.of(network, OutputScales.CALIBRATED);
  }
}
