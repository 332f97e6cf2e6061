// SPDX-License-Identifier: Apache-2.0
package org.example;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Argmax;
import org.fabriq.model.Calibration;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.KernelPlace;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerTimes;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceStage;
import org.fabriq.tensor.Float32Tensor;

/** Classifies digits; the first layer is fp32 on the CPU, the others are int8 on a device. */
public final class NetworkOnDevices {
  private static final int BATCH = 64;

  private NetworkOnDevices() {}

  /** Prints accuracy and times; the argument is a device, by default {@code emulation}. */
  public static void main(String[] arguments) {
    Network network = ShippedModel.DIGITS.network(); // or by ModelFiles.open(file, null)
    Samples images = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 6400);
    QuantizedNetwork quantized = quantize(network);
    int right = 0;
    try (Device cpu = Device.open("cpu:java");
        Device device = Device.open(arguments.length == 0 ? "emulation" : arguments[0]);
        NetworkPlan plan =
            NetworkPlan.of(
                network,
                name ->
                    name.equals("fc1")
                        ? new KernelPlace(LayerKernel.f32f32(network.weightedLayer(name)), cpu)
                        : new KernelPlace(
                            LayerKernel.i8i8(quantized, name, CodeSemantics.RESCALED), device),
                BATCH)) {
      LayerTimes[] times = plan.newTimes();
      int image = 0;
      for (Float32Tensor batch : images.batches(BATCH)) {
        Float32Tensor logits = plan.run(batch, times); // the last batch's times stay
        for (int row = 0; row < logits.rows(); row++) {
          right += Argmax.of(logits, row) == images.label(image++) ? 1 : 0;
        }
      }
      List<String> steps = plan.steps();
      for (int i = 0; i < times.length; i++) {
        System.out.printf(
            Locale.ROOT,
            "%s %6.1f us, its kernel %6.1f us%n",
            steps.get(i),
            times[i].totalNanos() / 1e3,
            times[i].stages().nanos(DeviceStage.KERNEL) / 1e3);
      }
    }
    System.out.printf("%d of %d digits right%n", right, images.count());
  }

  private static QuantizedNetwork quantize(Network network) {
    Samples training = SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, 1024);
    Calibration calibration =
        Calibration.of(network, training.batches(BATCH), ActivationQuantizers.DEFAULT);
    Quantizer quantizer = new PerChannelQuantizer(new SymmetricQuantizer(8));
    Map<String, QuantizedWeights> weights = new HashMap<>();
    for (String name : network.weightedLayers()) {
      weights.put(name, quantizer.quantize(network.weightedLayer(name).weight()));
    }
    return QuantizedNetwork.of(network, weights, calibration.encodings());
  }
}
