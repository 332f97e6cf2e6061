// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.toolkit.LayerReport;
import org.fabriq.toolkit.PostTraining;
import org.fabriq.toolkit.QuantizedNetwork;

/** Quantizes a network, pass by pass, and measures it before and after each. */
final class PassRun {
  private final Target target;
  private final TestSet test;
  private final int[] fp32;

  /** Prepares; classifies the test images in fp32. */
  PassRun(Target target, TestSet test) {
    this(target, test, test.predict(target.network()::forward, done -> {}));
  }

  /**
   * Prepares.
   *
   * @param fp32 the classes of the test images in fp32
   */
  PassRun(Target target, TestSet test, int[] fp32) {
    this.target = target;
    this.test = test;
    this.fp32 = fp32;
  }

  /** The share of test images that fp32 gets right. */
  double accuracy() {
    return (double) test.correct(fp32) / test.count();
  }

  /** What all passes gave, and how each did. */
  record Result(QuantizedNetwork network, List<Stage> stages) {}

  /**
   * Quantizes and measures.
   *
   * @param layers which, by name
   * @param calibration batches that the passes work with
   */
  Result run(
      WeightQuantizer scheme,
      Predicate<String> layers,
      Passes passes,
      Iterable<Float32Tensor> calibration) {
    List<Stage> stages = new ArrayList<>();
    long start = System.nanoTime();
    PostTraining run = new PostTraining(target.network(), scheme, layers, calibration);
    stages.add(stage("nearest", run.result(), start));
    for (Pass pass : passes.list()) {
      start = System.nanoTime();
      passes.run(pass, run);
      stages.add(stage(pass.toString(), run.result(), start));
    }
    return new Result(run.result(), stages);
  }

  private Stage stage(String pass, QuantizedNetwork network, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    List<LayerReport> layers = LayerReport.of(network, target.inputs(network), test.all());
    return new Stage(pass, layers, score(network), seconds);
  }

  /** Classifies the test images by the kernels. */
  Score score(QuantizedNetwork network) {
    int[] classes = target.predict(network, test);
    return new Score(test.count(), test.correct(classes), TestSet.agreeing(classes, fp32));
  }
}
