// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import java.util.Map;

/** What to do about operators that are not taken, where it is known. */
final class Remedies {
  private static final String STATIC =
      "quantize statically, with calibration data, to QuantizeLinear and DequantizeLinear";
  private static final String UNROLL = "export a model without control flow";
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("TopK", "end the model before it, or with ArgMax"),
          Map.entry("MultiThreshold", "import the model before FINN's streamlining, with Quant"),
          Map.entry("DynamicQuantizeLinear", STATIC),
          Map.entry("MatMulInteger", STATIC),
          Map.entry("ConvInteger", STATIC),
          Map.entry("DynamicQuantizeMatMul", STATIC),
          Map.entry("MatMulIntegerToFloat", STATIC),
          Map.entry("Loop", UNROLL),
          Map.entry("Scan", UNROLL),
          Map.entry("If", UNROLL),
          Map.entry("Trunc", "export without truncated averages"),
          Map.entry("Gelu", "train with Relu or HardSwish"),
          Map.entry("Elu", "train with Relu or LeakyRelu"));

  private Remedies() {}

  static String of(String operator) {
    return KNOWN.getOrDefault(operator, "change the model so that it does without");
  }
}
