// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.fabriq.ptq.PostTraining;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Quantizes a network, pass by pass, and measures it before and after each.
 *
 * @param layers which, by name
 * @param calibration batches that the passes work with
 */
record PassRun(QuantizedScore test, Predicate<String> layers, Iterable<Float32Tensor> calibration) {
  /** What all passes gave, and how each did. */
  record Result(QuantizedResult network, List<PassResult> passes) {}

  /** Quantizes and measures, with bars. */
  Result run(WeightQuantizer scheme, Passes passes, Screen screen) {
    List<PassResult> results = new ArrayList<>();
    long start = System.nanoTime();
    PostTraining run = new PostTraining(test.target().network(), scheme, layers, calibration);
    results.add(result("nearest", QuantizedResult.of(run), start));
    for (Pass pass : passes.list()) {
      start = System.nanoTime();
      passes.run(pass, run, screen);
      results.add(result(pass.toString(), QuantizedResult.of(run), start));
    }
    return new Result(QuantizedResult.of(run), results);
  }

  private PassResult result(String pass, QuantizedResult network, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new PassResult(pass, test.layers(network), test.score(network), seconds);
  }
}
