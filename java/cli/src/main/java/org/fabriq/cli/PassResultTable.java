// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.fabriq.ptq.LayerReport;

/** Prints what a pass gave, for people. */
final class PassResultTable {
  private PassResultTable() {}

  static void print(PassResult result, String scheme, PrintWriter out) {
    out.printf(
        "%n%-16s %s %s, agreement %s, %,d bytes, %.1f s%n",
        result.pass(),
        result.score().qualityName(),
        result.score().quality(),
        result.score().agreementText(),
        result.bytes(),
        result.seconds());
    out.printf(
        "  %-8s %-14s %-26s %4s %9s %8s %9s %8s %14s%n",
        "layer",
        "shape",
        "weights",
        "bits",
        "bytes",
        "SQNR dB",
        "saturated",
        "out dB",
        "in saturated");
    for (LayerReport layer : result.layers()) {
      out.printf(
          "  %-8s %-14s %-26s %4d %9d %8.2f %9d %8.2f %13.3f%%%n",
          layer.layer(),
          Arrays.stream(layer.shape()).mapToObj(String::valueOf).collect(Collectors.joining(" x ")),
          scheme,
          layer.bits(),
          layer.bytes(),
          layer.weightSqnr(),
          layer.saturatedWeights(),
          layer.outputSqnr(),
          100.0 * layer.saturatedInputs() / layer.inputs());
    }
    out.flush();
  }
}
