// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.data.Samples;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Calibration;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.QuantizedTensor;
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
    return NetworkPlan.of(
        network.network(),
        name -> new KernelPlace(kernel(network, name, form), cpu),
        Accuracy.BATCH);
  }

  /** int8 outputs of i8i8 but for the last layer, as it runs. */
  private static LayerKernel kernel(QuantizedNetwork network, String name, Arithmetic form) {
    if (form == Arithmetic.F32F32) {
      return LayerKernel.f32f32(network.layer(name));
    }
    if (form == Arithmetic.F32I8) {
      return LayerKernel.f32i8(network, name, CodeSemantics.RESCALED);
    }
    List<String> layers = network.network().weightedLayers();
    return name.equals(layers.get(layers.size() - 1))
        ? LayerKernel.i8i8Raw(network, name, CodeSemantics.RESCALED)
        : LayerKernel.i8i8(network, name, CodeSemantics.RESCALED);
  }

  /** The integer network of one that was trained as such. */
  static IntegerNetwork integers(QuantizedNetwork network) {
    Map<String, QuantizedTensor> codes = new HashMap<>();
    network.weights().forEach((name, weights) -> codes.put(name, weights.integers()));
    return IntegerNetwork.of(
        network.network(), codes, new Calibration(network.encodings()), OutputScales.CALIBRATED);
  }
}
