// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fabriq quantize}. */
@Command(
    name = "quantize",
    mixinStandardHelpOptions = true,
    description = {
      "Quantize a model's weights, fit encodings of its activations to training images, and write",
      "the result as an npz that 'fabriq infer' runs; print error and size of each layer."
    })
final class QuantizeCommand implements Callable<Integer> {
  @Mixin private WorkloadOptions workload;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "per-channel",
      description = "Weights: " + QuantizationOptions.SCHEMES + ". Default: ${DEFAULT-VALUE}.")
  private String scheme;

  @Option(
      names = "--place",
      paramLabel = "LAYERS",
      defaultValue = "all",
      description =
          "Layers to quantize: numbers from 1, as 1,3, or all. Default: ${DEFAULT-VALUE}.")
  private String place;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The npz to write.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Mlp model = workload.model().model();
    Quantizer quantizer = QuantizerSpec.parse(scheme);
    Set<Integer> layers = LayerList.parse(place, model);
    Calibration calibration = workload.calibrate(model);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-6s %-14s %-22s %10s %10s %10s%n",
        "layer", "shape", "weights", "SQNR dB", "saturated", "bytes");
    List<LayerQuantization> quantizations = new ArrayList<>();
    for (int i = 0; i < model.layers().size(); i++) {
      DenseLayer layer = model.layers().get(i);
      LayerQuantization quantization =
          layers.contains(i) ? LayerQuantization.of(layer, i, quantizer, calibration) : null;
      quantizations.add(quantization);
      print(out, layer, quantization);
    }
    QuantizedModel.of(model, quantizations).write(file);
    out.printf("%nwritten: %s%n", file);
    out.flush();
    return FabriqCommand.OK;
  }

  private void print(PrintWriter out, DenseLayer layer, LayerQuantization quantization) {
    String shape = layer.outputs() + " x " + layer.inputs();
    if (quantization == null) {
      out.printf("%-6s %-14s %-22s%n", layer.name(), shape, "fp32");
      return;
    }
    WeightError error = WeightError.of(layer.weight(), quantization.weight());
    out.printf(
        "%-6s %-14s %-22s %10.2f %10d %10d%n",
        layer.name(),
        shape,
        scheme,
        error.sqnrDecibels(),
        error.saturated(),
        layer.weight().size());
  }

  /**
   * What quantizing cost.
   *
   * @param sqnrDecibels 10 log10 of signal power by error power; infinite where nothing was lost
   * @param saturated weights outside the range of the codes by more than half a step
   */
  private record WeightError(double sqnrDecibels, int saturated) {
    static WeightError of(Float32Tensor weight, QuantizedTensor quantized) {
      Float32Tensor read = quantized.encoding().dequantize(quantized.codes());
      float[] scales = quantized.encoding().scales();
      int perChannel = weight.size() / scales.length;
      double signal = 0;
      double noise = 0;
      int saturated = 0;
      for (int i = 0; i < weight.size(); i++) {
        double error = (double) weight.get(i) - read.get(i);
        signal += (double) weight.get(i) * weight.get(i);
        noise += error * error;
        saturated += Math.abs(error) > 0.5001 * scales[i / perChannel] ? 1 : 0;
      }
      return new WeightError(10 * Math.log10(signal / noise), saturated);
    }
  }
}
