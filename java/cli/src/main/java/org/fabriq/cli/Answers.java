// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.data.ClassLabels;
import org.fabriq.data.Samples;
import org.fabriq.tensor.Float32Tensor;

/**
 * Decides what the labels of samples are to a model: with one output it gives values, with several
 * one for each class, unless there are as many values for each sample.
 *
 * @param place of the samples
 * @param outputs of the model
 */
record Answers(Path place, int outputs) {
  /**
   * The samples with labels as the model takes them; says so where the data alone says otherwise.
   *
   * @throws InvalidArgumentException if they are not for a model of so many outputs
   */
  Samples fitting(Samples samples, PrintWriter out) {
    Optional<Float32Tensor> values = samples.targets();
    if (values.isPresent() && values.get().columns() != outputs) {
      ClassLabels whole =
          ClassLabels.ofWhole(values.get()).orElseThrow(() -> otherValues(values.get()));
      out.printf(
          "labels   numbers with a point, all of them whole: taken for classes, as the model has %d"
              + " outputs%n",
          outputs);
      return fitting(samples.withLabels(whole), out);
    }
    if (samples.labels().isEmpty()) {
      return samples;
    }
    ClassLabels classes = samples.labels().get();
    if (outputs == 1) {
      out.printf("labels   taken for values that the model should give, as it has one output%n");
      return samples.withTargets(values(classes));
    }
    int greatest = Arrays.stream(classes.indices()).max().orElseThrow();
    if (greatest >= outputs) {
      throw new InvalidArgumentException(
          ("label %d in %s is outside 0..%d, the outputs of the model; choose fitting data, or"
                  + " number the classes from 0 on")
              .formatted(greatest, place, outputs - 1));
    }
    return samples;
  }

  private InvalidArgumentException otherValues(Float32Tensor values) {
    String each =
        values.columns() == 1
            ? "a label that is no class (0, 1, 2, ...)"
            : "%d target values each".formatted(values.columns());
    return new InvalidArgumentException(
        "samples in %s have %s, the model gives %d values; choose fitting data"
            .formatted(place, each, outputs));
  }

  private static Float32Tensor values(ClassLabels classes) {
    Float32Tensor values = Float32Tensor.allocate(classes.indices().length, 1);
    for (int i = 0; i < classes.indices().length; i++) {
      values.set(i, classes.indices()[i]);
    }
    return values;
  }
}
