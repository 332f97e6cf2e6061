// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;

/** The class that logits name: the index of the greatest, the first one on ties. */
public final class Argmax {
  private Argmax() {}

  /** The class of a row; NaN is less than everything. */
  public static int of(Float32Tensor logits, int row) {
    int best = 0;
    for (int i = 1; i < logits.columns(); i++) {
      float least = logits.get(row, best);
      best = logits.get(row, i) > least || Float.isNaN(least) ? i : best;
    }
    return Float.isNaN(logits.get(row, best)) ? 0 : best;
  }

  /** The class of a row of raw accumulators. */
  public static int of(Int32Tensor logits, int row) {
    int best = 0;
    for (int i = 1; i < logits.columns(); i++) {
      best = logits.get(row, i) > logits.get(row, best) ? i : best;
    }
    return best;
  }
}
