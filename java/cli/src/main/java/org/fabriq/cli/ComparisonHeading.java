// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import org.fabriq.measure.MachineState;
import org.fabriq.quant.CodeSemantics;

/** What was compared, on what: the part of a report that its numbers mean nothing without. */
record ComparisonHeading(
    String model,
    String activation,
    String weights,
    String data,
    String noun,
    int images,
    int batch,
    String placed,
    String device,
    String cpu,
    CodeSemantics semantics,
    String machine,
    String java) {

  ComparisonHeading(
      WorkloadOptions workload,
      Placements plans,
      TestSet test,
      String device,
      String cpu,
      QuantizationOptions quantization) {
    this(
        plans.text(),
        plans.activations(),
        workload.modelName(),
        workload.dataName(),
        test.noun(),
        test.count(),
        test.batch(),
        LayerNames.numbers(Placements.weightedLayers(plans.model()), plans.layers()),
        device,
        cpu,
        quantization.semantics(),
        MachineState.now().toString(),
        "Java " + Runtime.version());
  }

  void print(PrintWriter out) {
    out.printf("model    %s, activation %s, weights %s%n", model, activation, weights);
    out.printf("%-8s %,d of %s, batches of %d%n", noun + "s", images, data, batch);
    out.printf("placed   layer%s %s on %s%n", placed.contains(",") ? "s" : "", placed, device);
    out.printf("CPU      %s%n", cpu);
    out.printf("machine  %s, %s%n%n", machine, java);
    if (semantics == CodeSemantics.LITERAL) {
      out.println("Codes are used literally, without their scale, as the lab did.");
      out.println();
    }
    out.flush();
  }
}
