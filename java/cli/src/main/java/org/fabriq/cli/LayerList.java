// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;

/** The form in which a user names layers: numbers from 1, as {@code 1,3}, or {@code all}. */
final class LayerList {
  private LayerList() {}

  /**
   * Indices, from 0, in ascending order.
   *
   * @param option that gives them
   * @param count of layers there are
   */
  static Set<Integer> parse(String option, String text, int count) {
    if (count == 0 && !text.equals("all")) {
      throw new InvalidArgumentException(
          "%s '%s': this model has no layers with weights; leave %s out"
              .formatted(option, text, option));
    }
    Set<Integer> layers = new TreeSet<>();
    if (text.equals("all")) {
      IntStream.range(0, count).forEach(layers::add);
      return layers;
    }
    for (String word : text.split(",", -1)) {
      int number = word.matches("[0-9]{1,4}") ? Integer.parseInt(word) : 0;
      if (number < 1 || number > count) {
        throw new InvalidArgumentException(
            "%s '%s': '%s' is no layer of this model; give numbers in 1..%d, as 1,2, or all"
                .formatted(option, text, word, count));
      }
      layers.add(number - 1);
    }
    return layers;
  }
}
