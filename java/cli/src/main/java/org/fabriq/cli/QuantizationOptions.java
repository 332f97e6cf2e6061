// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.model.DenseLayer;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.CodeSemantics;
import org.fabriq.plan.LayerKernel;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.QuantizerSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose how layers are quantized. */
final class QuantizationOptions {
  /** What the int8 x int8 kernel writes. */
  enum IntegerOutput {
    INT8,
    INT32
  }

  @Option(
      names = VariantSchemes.OPTION,
      paramLabel = "[VARIANT=]SCHEME",
      description =
          "The weights of f32i8 and i8i8 are quantized by this scheme, or those of one of them, as"
              + " i8i8=per-channel. The option may be given for each. The forms of a scheme stand"
              + " below. The default is f32i8=fixed:8 and i8i8=per-channel.")
  private List<String> schemes = List.of();

  @Option(
      names = "--result-type",
      paramLabel = "TYPE",
      description =
          "The kernel of i8i8 writes int8, requantized on the device, or int32, which "
              + "are raw sums. The default is int8, and int32 for the last layer.")
  private IntegerOutput output;

  @Option(
      names = "--semantics",
      paramLabel = "WORD",
      defaultValue = "rescaled",
      description =
          "Codes are multiplied by their scale (rescaled), or used as values without "
              + "it, as the lab did (literal). The default is ${DEFAULT-VALUE}.")
  private CodeSemantics semantics;

  @Mixin private CalibrationOptions calibration;

  CalibrationOptions calibration() {
    return calibration;
  }

  CodeSemantics semantics() {
    return semantics;
  }

  /** Refuses schemes that are none, before images are read and run. */
  void check() {
    VariantSchemes.parse(schemes);
    calibration.images();
    calibration.quantizers();
  }

  String scheme(Variant variant) {
    return VariantSchemes.parse(schemes).of(variant);
  }

  /** Quantizes layer {@code index} (from 0) as this variant wants it. */
  LayerQuantization quantize(
      Variant variant, DenseLayer layer, int index, Calibration calibration) {
    QuantizedWeights weights = QuantizerSpec.parseWeights(scheme(variant)).quantize(layer.weight());
    return LayerQuantization.of(weights, index, calibration);
  }

  /**
   * A layer made ready for a variant's kernel.
   *
   * @param quantization for {@link Variant#F32I8} and {@link Variant#I8I8}
   * @param last whether it is the model's last layer, whose outputs are the logits
   */
  LayerKernel kernel(
      Variant variant, DenseLayer layer, LayerQuantization quantization, boolean last) {
    return switch (variant) {
      case F32, F32F32 -> LayerKernel.f32f32(layer);
      case F32I8 -> LayerKernel.f32i8(layer, quantization, semantics);
      case I8I8 ->
          raw(last)
              ? LayerKernel.i8i8Raw(layer, quantization, semantics)
              : LayerKernel.i8i8(layer, quantization, semantics);
    };
  }

  private boolean raw(boolean last) {
    return output == null ? last : output == IntegerOutput.INT32;
  }
}
