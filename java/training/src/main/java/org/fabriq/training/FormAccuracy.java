// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.List;
import org.fabriq.data.Samples;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.runtime.Device;

/** How many images a quantized network classifies rightly with int8 x int8 kernels on the CPU. */
final class IntegerAccuracy {
  private IntegerAccuracy() {}

  /** The percentage of right images, 0..100; int8 outputs but for the last layer, as it runs. */
  static double percent(QuantizedNetwork network, Samples images) {
    List<String> layers = network.network().weightedLayers();
    String last = layers.get(layers.size() - 1);
    try (Device cpu = Device.open("cpu");
        NetworkPlan plan =
            NetworkPlan.of(
                network.network(),
                name -> new KernelPlace(kernel(network, name, name.equals(last)), cpu),
                Accuracy.BATCH)) {
      return Accuracy.percent(plan::run, images);
    }
  }

  private static LayerKernel kernel(QuantizedNetwork network, String name, boolean last) {
    return last
        ? LayerKernel.i8i8Raw(network, name, CodeSemantics.RESCALED)
        : LayerKernel.i8i8(network, name, CodeSemantics.RESCALED);
  }
}
