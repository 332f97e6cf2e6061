// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/** Checks the parameters of layers. */
final class FiniteValues {
  private FiniteValues() {}

  static void check(String layer, String what, Float32Tensor values) {
    for (int i = 0; i < values.size(); i++) {
      check(layer, what, i, values.get(i));
    }
  }

  /** A checked copy of one value per output; null stays null. */
  static float[] perOutput(String layer, String what, float[] values, int outputs) {
    if (values == null) {
      return null;
    }
    if (values.length != outputs) {
      throw new ShapeException(
          "layer %s: %d values of %s for %d outputs; give one per output (axis 0 of weights)"
              .formatted(layer, values.length, what, outputs));
    }
    for (int i = 0; i < outputs; i++) {
      check(layer, what, i, values[i]);
    }
    return values.clone();
  }

  static void check(String layer, String what, float value) {
    if (!Float.isFinite(value)) {
      throw new InvalidArgumentException(
          "layer %s: %s is %s; it must be finite, repair the file".formatted(layer, what, value));
    }
  }

  private static void check(String layer, String what, int index, float value) {
    if (!Float.isFinite(value)) {
      throw new InvalidArgumentException(
          "layer %s: %s %d is %s; it must be finite, train again or repair the file"
              .formatted(layer, what, index, value));
    }
  }
}
