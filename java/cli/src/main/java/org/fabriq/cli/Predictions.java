// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.model.Argmax;
import org.fabriq.tensor.Float32Tensor;

/**
 * Holds what a network gave for each sample.
 *
 * @param outputs a row per sample
 */
record Predictions(Float32Tensor outputs) {
  int count() {
    return outputs.rows();
  }

  /** The class of sample {@code i}: its greatest output. */
  int classOf(int i) {
    return Argmax.of(outputs, i);
  }

  /** Counts the classes that are those of another run. */
  int agreeing(Predictions other) {
    int agreeing = 0;
    for (int i = 0; i < count(); i++) {
      agreeing += classOf(i) == other.classOf(i) ? 1 : 0;
    }
    return agreeing;
  }

  /** Counts the samples with an output that is not that of another run. */
  int differing(Predictions other) {
    int differing = 0;
    for (int i = 0; i < count(); i++) {
      differing += outputs.rows(i, i + 1).mismatches(other.outputs.rows(i, i + 1)) > 0 ? 1 : 0;
    }
    return differing;
  }

  /**
   * 10 log10 of the power of exact outputs by that of the differences to them; infinite without
   * any.
   */
  double sqnr(Float32Tensor exact) {
    double signal = 0;
    for (int i = 0; i < exact.size(); i++) {
      signal += (double) exact.get(i) * exact.get(i);
    }
    double noise = squaredError(exact);
    return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
  }

  /** Gives the root of the mean squared difference to the values that should have been given. */
  double rmsError(Float32Tensor targets) {
    return Math.sqrt(squaredError(targets) / targets.size());
  }

  private double squaredError(Float32Tensor exact) {
    double sum = 0;
    for (int i = 0; i < exact.size(); i++) {
      double difference = (double) outputs.get(i) - exact.get(i);
      sum += difference * difference;
    }
    return sum;
  }
}
