// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.model.QuantizedNetwork;
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

  static final String SCHEMES =
      "fixed:WL,FL, fixed:WL (FL fitted to the weights), affine[:BITS], symmetric[:BITS],"
          + " per-channel[:BITS]; but for fixed, with a range as in symmetric:4,mse (min-max,"
          + " percentile=P, mse, sqnr) or pow2; codebook:BITS";

  @Option(
      names = ArithmeticSchemes.OPTION,
      paramLabel = "[VARIANT=]SCHEME",
      description =
          "Weights of f32i8 and i8i8, or of one of them, as i8i8=per-channel; may be given for"
              + " each. SCHEME is "
              + SCHEMES
              + ". Default: f32i8=fixed:8, i8i8=per-channel.")
  private List<String> schemes = List.of();

  @Option(
      names = "--result-type",
      paramLabel = "TYPE",
      description =
          "Output of i8i8: int8 (requantized on the device) or int32 (raw sums). Default: int8,"
              + " int32 for the last layer.")
  private IntegerOutput output;

  @Option(
      names = "--semantics",
      paramLabel = "WORD",
      defaultValue = "rescaled",
      description =
          "rescaled, or literal: codes are used as values, without their scale, as the lab did."
              + " Default: ${DEFAULT-VALUE}.")
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
    if (arithmetic == Arithmetic.F32I8) {
      return LayerKernel.f32i8(network, name, semantics);
    }
    return raw(last)
        ? LayerKernel.i8i8Raw(network, name, semantics)
        : LayerKernel.i8i8(network, name, semantics);
  }

  private boolean raw(boolean last) {
    return output == null ? last : output == IntegerOutput.INT32;
  }
}
