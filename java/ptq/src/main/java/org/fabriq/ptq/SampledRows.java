// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.SplittableRandom;
import org.fabriq.tensor.Float32Tensor;

/**
 * A sample of so many rows of all that come by, each as likely as any other: algorithm R. Rows have
 * two parts, kept in step.
 *
 * <p>Source: J. Vitter, "Random Sampling with a Reservoir", 1985.
 */
final class SampledRows {
  private final float[][] inputs;
  private final float[][] targets;
  private final SplittableRandom random;
  private long seen;

  SampledRows(int capacity, long seed) {
    this.inputs = new float[capacity][];
    this.targets = new float[capacity][];
    this.random = new SplittableRandom(seed);
  }

  /** Takes in the rows of a batch: M x K and M x N. */
  void add(Float32Tensor batchInputs, Float32Tensor batchTargets) {
    for (int row = 0; row < batchInputs.rows(); row++) {
      long place = seen < inputs.length ? seen : random.nextLong(seen + 1);
      if (place < inputs.length) {
        inputs[(int) place] = row(batchInputs, row);
        targets[(int) place] = row(batchTargets, row);
      }
      seen++;
    }
  }

  private static float[] row(Float32Tensor matrix, int row) {
    float[] values = new float[matrix.columns()];
    matrix.floats().get(row * values.length, values);
    return values;
  }

  int count() {
    return (int) Math.min(seen, inputs.length);
  }

  float[] inputs(int i) {
    return inputs[i];
  }

  float[] targets(int i) {
    return targets[i];
  }
}
