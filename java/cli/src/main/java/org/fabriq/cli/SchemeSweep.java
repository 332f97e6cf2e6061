// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.runtime.Device;

/** One network quantized by several schemes, each with the same passes. */
final class SchemeSweep {
  private SchemeSweep() {}

  /**
   * Prints a row after each pass of each scheme.
   *
   * @param json what to write too
   */
  static void run(
      PassRunOptions options,
      List<String> schemes,
      GivenOptions given,
      JsonFile json,
      Screen screen) {
    PrintWriter out = screen.out();
    Passes passes = options.passes();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    options.check(schemes.stream().map(QuantizerSpec::parseWeights).toList(), given, false);
    try (Device device = Device.open(options.form().device());
        Progress progress = screen.progress("schemes", schemes.size())) {
      PassRun run = options.prepare(device, screen);
      Score fp32 = run.test().fp32();
      out.printf(
          "%n%-32s %-16s %9s %8s %10s %9s  %s%n",
          "scheme",
          "pass",
          fp32.qualityName(),
          "- fp32",
          "agreement",
          "bytes",
          "layers: SQNR dB/saturated");
      root.put("schema", 1);
      root.put("form", options.form().toString());
      root.put("activation", run.test().target().network().activations());
      root.put("fp32", fp32.labelled() ? (Double) fp32.accuracy() : null);
      ArrayNode rows = root.putArray("schemes");
      for (int i = 0; i < schemes.size(); i++) {
        String scheme = schemes.get(i);
        List<PassResult> results =
            run.run(QuantizerSpec.parseWeights(scheme), passes, screen).passes();
        results.forEach(result -> print(scheme, result, fp32, out));
        ObjectNode row = rows.addObject().put("scheme", scheme);
        PassResultJson.put(row.putArray("stages"), results);
        progress.stepTo(i + 1L);
      }
    }
    json.write(() -> root, out);
    out.flush();
  }

  private static void print(String scheme, PassResult result, Score fp32, PrintWriter out) {
    out.printf(
        "%-32s %-16s %9s %8s %10s %,9d  %s%n",
        scheme,
        result.pass(),
        result.score().quality(),
        result.score().gain(fp32),
        result.score().agreementText(),
        result.bytes(),
        result.layers().stream()
            .map(layer -> "%.2f/%d".formatted(layer.weightSqnr(), layer.saturatedWeights()))
            .collect(Collectors.joining("  ")));
    out.flush();
  }
}
