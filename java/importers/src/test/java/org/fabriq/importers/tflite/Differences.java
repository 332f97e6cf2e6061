// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import org.fabriq.tensor.Int8Tensor;

/** How codes differ. */
final class Differences {
  long codes;
  long equal;
  int farthest;

  void add(Int8Tensor found, Int8Tensor expected) {
    for (int i = 0; i < expected.size(); i++) {
      add(found.get(i), expected.get(i));
    }
  }

  void add(double found, double expected) {
    int apart = (int) Math.abs(found - expected);
    codes++;
    equal += apart == 0 ? 1 : 0;
    farthest = Math.max(farthest, apart);
  }

  double share() {
    return (double) equal / codes;
  }

  @Override
  public String toString() {
    return "%,d of %,d codes equal (%.3f %%), at most %d apart"
        .formatted(equal, codes, 100 * share(), farthest);
  }
}
