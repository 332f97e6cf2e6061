// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.fabriq.measure.MachineState;
import org.fabriq.plan.CodeSemantics;

/** What was compared, on what: the part of a report that its numbers mean nothing without. */
record ComparisonHeading(
    String model,
    String activation,
    String weights,
    String data,
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
      VariantPlans plans,
      TestSet test,
      String device,
      String cpu,
      QuantizationOptions quantization) {
    this(
        plans.model().toString(),
        plans.model().activation().word(),
        workload.modelName(),
        workload.dataName(),
        test.count(),
        test.batch(),
        plans.layers().stream().map(i -> String.valueOf(i + 1)).collect(Collectors.joining(",")),
        device,
        cpu,
        quantization.semantics(),
        MachineState.now().toString(),
        "Java " + Runtime.version());
  }

  void print(PrintWriter out) {
    out.printf("model    %s, activation %s, weights %s%n", model, activation, weights);
    out.printf("images   %,d of %s, batches of %d%n", images, data, batch);
    out.printf("placed   layer %s on %s%n", placed, device);
    out.printf("CPU      %s%n", cpu);
    out.printf("machine  %s, %s%n%n", machine, java);
    if (semantics == CodeSemantics.LITERAL) {
      out.println("Codes are used literally, without their scale, as the lab did.");
      out.println();
    }
    out.flush();
  }
}
