// SPDX-License-Identifier: Apache-2.0
package org.example;

import java.util.Locale;
import org.fabriq.data.LabelledImages;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Argmax;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.plan.ActivationQuantizers;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.CodeSemantics;
import org.fabriq.plan.InferencePlan;
import org.fabriq.plan.InferencePlan.Placement;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.LayerStep;
import org.fabriq.plan.LayerTimes;
import org.fabriq.quant.PerChannelQuantizer;
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
    Mlp model = EmbeddedModel.DIGITS.load(); // or Mlp.fromNpz(file)
    LabelledImages training = SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, 1024);
    LabelledImages images = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, 6400);
    Calibration calibration =
        Calibration.of(model, training.batches(BATCH), ActivationQuantizers.DEFAULT);
    LayerTimes[] times = {new LayerTimes(), new LayerTimes(), new LayerTimes()};
    int right = 0;
    try (Device cpu = Device.open("cpu:java");
        Device device = Device.open(arguments.length == 0 ? "emulation" : arguments[0]);
        InferencePlan plan =
            new InferencePlan(
                model,
                i ->
                    i == 0
                        ? new Placement(LayerKernel.f32f32(model.layers().get(i)), cpu)
                        : new Placement(int8(model, i, calibration), device),
                BATCH)) {
      int image = 0;
      for (Float32Tensor batch : images.batches(BATCH)) {
        Float32Tensor logits = plan.run(batch, times); // the last batch's times stay
        for (int row = 0; row < logits.rows(); row++) {
          right += Argmax.of(logits, row) == images.label(image++) ? 1 : 0;
        }
      }
      for (int i = 0; i < times.length; i++) {
        LayerStep step = plan.steps().get(i);
        System.out.printf(
            Locale.ROOT,
            "%s %-6s on %-9s %6.1f us, its kernel %6.1f us%n",
            step.kernel().layer().name(),
            step.kernel().weights().type(),
            step.device().address(),
            times[i].totalNanos() / 1e3,
            times[i].stages().nanos(DeviceStage.KERNEL) / 1e3);
      }
    }
    System.out.printf("%d of %d digits right%n", right, images.count());
  }

  private static LayerKernel int8(Mlp model, int i, Calibration calibration) {
    DenseLayer layer = model.layers().get(i);
    Quantizer quantizer = new PerChannelQuantizer(new SymmetricQuantizer(8));
    LayerQuantization quantization =
        LayerQuantization.of(quantizer.quantize(layer.weight()), i, calibration);
    return LayerKernel.i8i8(layer, quantization, CodeSemantics.RESCALED);
  }
}
