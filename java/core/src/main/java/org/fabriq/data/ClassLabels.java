// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;

/**
 * Holds the class of each sample, and the names of the classes where there are any. The array is
 * taken over, not copied; nobody may change it.
 *
 * @param indices a class, from 0, per sample
 * @param names of the classes 0, 1, ...; empty where classes are only numbers
 */
public record ClassLabels(int[] indices, List<String> names) {
  /**
   * Checks that each class can be one.
   *
   * @throws InvalidArgumentException if a class is negative or has no name
   */
  public ClassLabels {
    names = List.copyOf(names);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || !names.isEmpty() && indices[i] >= names.size()) {
        throw new InvalidArgumentException(
            "label %d of sample %,d is outside 0..%d; number the classes from 0 on"
                .formatted(
                    indices[i], i, (names.isEmpty() ? Integer.MAX_VALUE : names.size()) - 1));
      }
    }
  }

  /** Makes classes without names. */
  public static ClassLabels of(int[] indices) {
    return new ClassLabels(indices, List.of());
  }

  /** Takes values as classes; nothing if one is no whole number from 0 on, or has one beside it. */
  public static Optional<ClassLabels> ofWhole(Float32Tensor values) {
    int[] indices = new int[values.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (int) values.get(i);
      if (indices[i] < 0 || indices[i] != values.get(i)) {
        return Optional.empty();
      }
    }
    return values.columns() == 1 ? Optional.of(of(indices)) : Optional.empty();
  }

  /** Counts the classes: one more than the greatest, or as many as there are names. */
  public int classes() {
    return names.isEmpty() ? Arrays.stream(indices).max().orElse(-1) + 1 : names.size();
  }

  ClassLabels range(int from, int to) {
    return new ClassLabels(Arrays.copyOfRange(indices, from, to), names);
  }

  /** As {@code classes 0..9} or {@code 3 classes (setosa, versicolor, virginica)}. */
  @Override
  public String toString() {
    if (names.isEmpty()) {
      return "labels up to " + (classes() - 1);
    }
    String all = String.join(", ", names.subList(0, Math.min(names.size(), 10)));
    return "%d classes (%s%s)".formatted(names.size(), all, names.size() > 10 ? ", ..." : "");
  }
}
