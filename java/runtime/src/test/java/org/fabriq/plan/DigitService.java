// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Argmax;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.Mlp;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;

/**
 * A program that serves the shipped MLP with int8 weights and activations in all layers, and prints
 * how many of its answers were right and the most memory the process has taken. Arguments: device,
 * images, batch.
 */
final class DigitService {
  private DigitService() {}

  public static void main(String[] arguments) throws IOException {
    int images = Integer.parseInt(arguments[1]);
    int batch = Integer.parseInt(arguments[2]);
    Mlp model = EmbeddedModel.DIGITS.load();
    Float32Tensor samples =
        SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, 10 * batch).inputs(0, 10 * batch);
    Calibration calibration = Calibration.of(model, List.of(samples), ActivationQuantizers.DEFAULT);
    Samples requests = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, images);
    int right = 0;
    try (Device device = Device.open(arguments[0]);
        InferencePlan plan =
            new InferencePlan(model, i -> placed(model, i, calibration, device), batch)) {
      for (int from = 0; from < images; from += batch) {
        int to = Math.min(images, from + batch);
        Float32Tensor logits = plan.run(requests.inputs(from, to), null);
        for (int row = 0; row < logits.rows(); row++) {
          right += Argmax.of(logits, row) == requests.label(from + row) ? 1 : 0;
        }
      }
    }
    System.out.printf("right %d%npeak %d kB%n", right, peakKilobytes());
  }

  private static InferencePlan.Placement placed(
      Mlp model, int i, Calibration calibration, Device device) {
    QuantizedTensor weights =
        new PerChannelQuantizer(new SymmetricQuantizer(8)).quantize(model.layers().get(i).weight());
    LayerQuantization quantization = LayerQuantization.of(weights, i, calibration);
    return new InferencePlan.Placement(
        LayerKernel.i8i8(model.layers().get(i), quantization, CodeSemantics.RESCALED), device);
  }

  private static long peakKilobytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
