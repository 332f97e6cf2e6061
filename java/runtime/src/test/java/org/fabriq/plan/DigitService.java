// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.Argmax;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.ShippedModel;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.CodeSemantics;
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
    Network network = ShippedModel.DIGITS.network();
    Float32Tensor samples =
        SyntheticDigits.generate(SyntheticDigits.TRAIN_SEED, 10 * batch).inputs(0, 10 * batch);
    PerChannelQuantizer quantizer = new PerChannelQuantizer(new SymmetricQuantizer(8));
    Map<String, QuantizedTensor> weights = new HashMap<>();
    for (String name : network.weightedLayers()) {
      weights.put(name, quantizer.quantize(network.weightedLayer(name).weight()));
    }
    Calibration calibration =
        Calibration.of(network, List.of(samples), ActivationQuantizers.DEFAULT);
    QuantizedNetwork quantized = QuantizedNetwork.of(network, weights, calibration.encodings());
    Samples requests = SyntheticDigits.generate(SyntheticDigits.TEST_SEED, images);
    int right = 0;
    try (Device device = Device.open(arguments[0]);
        NetworkPlan plan =
            NetworkPlan.of(quantized.network(), name -> placed(quantized, name, device), batch)) {
      for (int from = 0; from < images; from += batch) {
        int to = Math.min(images, from + batch);
        Float32Tensor logits = plan.run(requests.inputs(from, to));
        for (int row = 0; row < logits.rows(); row++) {
          right += Argmax.of(logits, row) == requests.label(from + row) ? 1 : 0;
        }
      }
    }
    System.out.printf("right %d%npeak %d kB%n", right, peakKilobytes());
  }

  private static KernelPlace placed(QuantizedNetwork network, String name, Device device) {
    return new KernelPlace(LayerKernel.i8i8(network, name, CodeSemantics.RESCALED), device);
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
