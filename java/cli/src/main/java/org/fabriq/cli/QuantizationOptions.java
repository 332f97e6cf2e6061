// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import java.util.Set;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.plan.Arithmetic;
import org.fabriq.plan.LayerKernel;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.quant.WeightQuantizer;
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
      names = ArithmeticSchemes.OPTION,
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
    ArithmeticSchemes.parse(schemes);
    calibration.images();
    calibration.quantizers();
  }

  String scheme(Arithmetic variant) {
    return ArithmeticSchemes.parse(schemes).of(variant);
  }

  /** The variants that each scheme given is for. */
  List<Set<Arithmetic>> schemeVariants() {
    return ArithmeticSchemes.parse(schemes).variants();
  }

  /** What quantizes weights in an arithmetic. */
  WeightQuantizer quantizer(Arithmetic arithmetic) {
    return QuantizerSpec.parseWeights(scheme(arithmetic));
  }

  /**
   * A layer made ready for an arithmetic's kernel.
   *
   * @param last whether it is the last layer with weights, whose outputs are the logits
   */
  LayerKernel kernel(Arithmetic arithmetic, QuantizedNetwork network, String name, boolean last) {
    return LayerKernel.of(arithmetic, network, name, semantics, raw(last));
  }

  /** Whether the kernel of i8i8 writes sums of a layer, the last one with weights or another. */
  boolean raw(boolean last) {
    return output == null ? last : output == IntegerOutput.INT32;
  }
}
