// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fabriq.data.Samples;
import org.fabriq.tensor.Float32Tensor;

/** Prints predictions for people: the first one by one, then how all do. */
final class PredictionList {
  private static final int MOST_OUTPUTS = 8;

  private final PrintWriter out;
  private final int show;

  /**
   * Prepares.
   *
   * @param show how many to print one by one
   */
  PredictionList(PrintWriter out, int show) {
    this.out = out;
    this.show = show;
  }

  /**
   * Prints.
   *
   * @param fp32 what fp32 gives, for samples without labels; null where there is no fp32 network
   */
  void print(String form, String device, TestSet test, Predictions predictions, Predictions fp32) {
    for (int i = 0; i < Math.min(show, predictions.count()); i++) {
      out.println(line(test, predictions, i));
    }
    out.printf("%s on %s: %s%n", form, device, summary(test, predictions, fp32));
    out.flush();
  }

  private static String line(TestSet test, Predictions predictions, int i) {
    Samples samples = test.samples();
    if (!test.classes(predictions)) {
      String targets = samples.targets().map(wanted -> "  targets" + values(wanted, i)).orElse("");
      return "sample %5d  outputs%s%s".formatted(i, values(predictions.outputs(), i), targets);
    }
    int found = predictions.classOf(i);
    String line = "%s %5d  class %s".formatted(test.noun(), i, named(samples, found));
    return samples.labelled()
        ? "%s  label %s%s"
            .formatted(
                line, named(samples, samples.label(i)), found == samples.label(i) ? "" : "  wrong")
        : line;
  }

  private static String named(Samples samples, int index) {
    return samples
        .labels()
        .filter(labels -> index < labels.names().size())
        .map(labels -> "%d (%s)".formatted(index, labels.names().get(index)))
        .orElse("" + index);
  }

  private static String values(Float32Tensor rows, int i) {
    return IntStream.range(0, Math.min(MOST_OUTPUTS, rows.columns()))
            .mapToObj(n -> " %.6g".formatted(rows.get(i, n)))
            .collect(Collectors.joining())
        + (rows.columns() > MOST_OUTPUTS ? " ..." : "");
  }

  private static String summary(TestSet test, Predictions predictions, Predictions fp32) {
    if (test.samples().labelled()) {
      int correct = test.correct(predictions);
      return "%,d of %,d right, accuracy %.2f%%"
          .formatted(correct, test.count(), 100.0 * correct / test.count());
    }
    Score score = test.score(predictions, fp32 == null ? predictions : fp32);
    String error =
        score.rmsError() == null
            ? ""
            : ", rms error to the targets %.6g".formatted(score.rmsError());
    if (fp32 == null) {
      return "%,d samples%s; the file holds no fp32 network to compare with"
          .formatted(test.count(), error);
    }
    String agreement =
        score.agreeing() == null ? "" : "agreement with fp32 %s, ".formatted(score.agreementText());
    return "%,d samples, %sSQNR %s%s".formatted(test.count(), agreement, score.quality(), error);
  }
}
