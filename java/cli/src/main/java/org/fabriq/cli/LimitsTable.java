// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.data.Samples;
import org.fabriq.data.SyntheticDigits;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import org.fabriq.ptq.PostTraining;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;

/** Measures each {@link LimitRow} and holds it against its limit. */
final class LimitsTable {
  private LimitsTable() {}

  /**
   * Prints the table row by row.
   *
   * @param json what to write too
   * @return whether all limits are kept
   */
  static boolean run(
      WorkloadOptions workload,
      CalibrationOptions calibration,
      String address,
      JsonFile json,
      Screen screen) {
    PrintWriter out = screen.out();
    workload.requireMnist("--limits");
    workload.check(
        SampleShape.image(1, SyntheticDigits.SIDE, SyntheticDigits.SIDE), 10, calibration);
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", 1);
    Map<ShippedModel, Predictions> baselines = new EnumMap<>(ShippedModel.class);
    List<LimitRow> limits = LimitRow.all();
    boolean kept = true;
    try (Device device = Device.open(address);
        Progress progress = screen.progress("limits", limits.size())) {
      Samples images = workload.test(screen);
      workload.requireLabels(images, "--limits");
      Samples training = workload.training(calibration, screen);
      Iterable<Float32Tensor> batches = training.batches(WorkloadOptions.CALIBRATION_BATCH);
      ArrayNode rows = root.put("images", images.count()).putArray("rows");
      out.printf("images  %,d of %s on %s%n", images.count(), workload.dataName(), device);
      out.printf("ranges  on %,d training images%n%n", training.count());
      out.printf(
          "%-36s %-12s %-7s %9s %9s %8s %7s %10s %8s%n",
          "weights", "model", "form", "fp32", "quantized", "loss", "limit", "agreement", "limit");
      for (LimitRow row : limits) {
        Target target = LimitTarget.of(row, training, device);
        TestSet test = new TestSet(images, TestSet.BATCH);
        Predictions fp32 =
            baselines.computeIfAbsent(
                row.model(), model -> QuantizedScore.fp32(target, test, screen));
        QuantizedScore run = new QuantizedScore(target, test, fp32, screen);
        Score score = run.score(quantized(row, target, batches, screen));
        kept &= print(row, run.fp32().accuracy(), score, out);
        rows.add(json(row, run, score));
        progress.stepTo(rows.size());
      }
    }
    out.printf("%n%s%n", kept ? "every limit is kept" : "a limit is missed");
    json.write(() -> root, out);
    out.flush();
    return kept;
  }

  private static QuantizedResult quantized(
      LimitRow row, Target target, Iterable<Float32Tensor> batches, Screen screen) {
    if (row.scheme() == null) {
      return LimitTarget.shipped(row);
    }
    Set<String> layers = LayerNames.chosen(target.network(), row.place());
    PostTraining run =
        new PostTraining(
            target.network(), QuantizerSpec.parseWeights(row.scheme()), layers::contains, batches);
    Passes passes = Passes.of(row.passes());
    passes.list().forEach(pass -> passes.run(pass, run, screen));
    return QuantizedResult.of(run);
  }

  private static double loss(double fp32, Score score) {
    return Math.round(1e4 * (fp32 - score.accuracy())) / 1e2;
  }

  private static boolean kept(LimitRow row, double fp32, Score score) {
    return (row.loss() == null || loss(fp32, score) <= row.loss())
        && (row.agreement() == null || 100 * score.agreement() >= row.agreement());
  }

  private static boolean print(LimitRow row, double fp32, Score score, PrintWriter out) {
    boolean kept = kept(row, fp32, score);
    out.printf(
        "%-36s %-12s %-7s %8.2f%% %8.2f%% %8.2f %7s %9.2f%% %8s%s%n",
        row.name(),
        row.model().word(),
        row.form().label(),
        100 * fp32,
        100 * score.accuracy(),
        loss(fp32, score),
        row.loss() == null ? "" : row.loss(),
        100 * score.agreement(),
        row.agreement() == null ? "" : row.agreement() + "%",
        kept ? "" : "  MISSED");
    out.flush();
    return kept;
  }

  private static ObjectNode json(LimitRow row, QuantizedScore run, Score score) {
    double fp32 = run.fp32().accuracy();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", row.name());
    node.put("model", row.model().word());
    node.put("activation", run.target().network().activations());
    node.put("form", row.form().label());
    node.put("scheme", row.scheme());
    node.put("fp32", fp32);
    node.put("accuracy", score.accuracy());
    node.put("agreement", score.agreement());
    node.put("loss_points", loss(fp32, score));
    node.put("loss_limit_points", row.loss());
    node.put("agreement_limit_percent", row.agreement());
    node.put("kept", kept(row, fp32, score));
    return node;
  }
}
