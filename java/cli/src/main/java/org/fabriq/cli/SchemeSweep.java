// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fabriq.data.LabelledImages;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;

/** One network quantized by several schemes, each with the same passes. */
record SchemeSweep(
    WorkloadOptions workload,
    FormOptions form,
    CalibrationOptions calibration,
    Passes passes,
    String place) {
  private static final int BATCH = 500;

  /**
   * Prints a row after each pass of each scheme.
   *
   * @param json what to write too
   */
  void run(List<String> schemes, JsonFile json, PrintWriter out) {
    LabelledImages training = workload.training(calibration.images());
    Iterable<Float32Tensor> batches = training.batches(WorkloadOptions.CALIBRATION_BATCH);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    try (Device device = Device.open(form.device());
        Progress progress = new Progress("schemes", schemes.size())) {
      Target target = form.target(workload, batches, calibration, device);
      TestSet test = new TestSet(workload.test(), target.network().input().size(), BATCH);
      Set<String> layers = LayerNames.placed(target.network(), place);
      PassRun run = new PassRun(target, test);
      out.printf("model   %s, weights %s%n", target.network(), workload.modelName());
      out.printf("images  %,d of %s, %s on %s%n", test.count(), workload.dataName(), form, device);
      out.printf("passes  on %,d training images%n", training.count());
      out.printf("fp32    %.2f%%%n%n", 100 * run.accuracy());
      out.printf(
          "%-32s %-16s %9s %8s %10s %9s  %s%n",
          "scheme",
          "pass",
          "accuracy",
          "- fp32",
          "agreement",
          "bytes",
          "layers: SQNR dB/saturated");
      root.put("schema", 1);
      root.put("form", form.toString());
      root.put("fp32", run.accuracy());
      ArrayNode rows = root.putArray("schemes");
      for (int i = 0; i < schemes.size(); i++) {
        String scheme = schemes.get(i);
        List<Stage> stages =
            run.run(QuantizerSpec.parseWeights(scheme), layers::contains, passes, batches).stages();
        stages.forEach(stage -> print(scheme, stage, run.accuracy(), out));
        ObjectNode row = rows.addObject().put("scheme", scheme);
        StageJson.put(row.putArray("stages"), stages);
        progress.stepTo(i + 1L);
      }
    }
    json.write(() -> root, out);
    out.flush();
  }

  private static void print(String scheme, Stage stage, double fp32, PrintWriter out) {
    out.printf(
        "%-32s %-16s %8.2f%% %+8.2f %9.2f%% %,9d  %s%n",
        scheme,
        stage.pass(),
        100 * stage.score().accuracy(),
        100 * (stage.score().accuracy() - fp32),
        100 * stage.score().agreement(),
        stage.bytes(),
        stage.layers().stream()
            .map(layer -> "%.2f/%d".formatted(layer.weightSqnr(), layer.saturatedWeights()))
            .collect(Collectors.joining("  ")));
    out.flush();
  }
}
