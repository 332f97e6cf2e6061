// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;

/** Schemes with {@code {}} for a number of bits. */
final class SchemeList {
  private static final int MOST_BITS = 16;

  private SchemeList() {}

  /**
   * Every scheme with every number of bits; those without {@code {}} once.
   *
   * @param bits as 2,4,8 or 2..8
   * @throws InvalidArgumentException if one is none, or bits are not 1 to 16
   */
  static List<String> expand(List<String> schemes, String bits) {
    List<String> expanded = new ArrayList<>();
    for (String scheme : schemes) {
      if (scheme.contains("{}")) {
        numbers(bits).forEach(number -> expanded.add(scheme.replace("{}", "" + number)));
      } else {
        expanded.add(scheme);
      }
    }
    expanded.forEach(scheme -> SchemeOption.ofWeights(ArithmeticSchemes.OPTION, scheme));
    return expanded;
  }

  private static List<Integer> numbers(String bits) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : bits.split(",", -1)) {
      String[] ends = part.split("\\.\\.", -1);
      int first = number(ends[0], bits);
      int last = number(ends[ends.length - 1], bits);
      if (ends.length > 2 || first > last) {
        throw wrong(bits);
      }
      for (int number = first; number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static int number(String text, String bits) {
    int number = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST_BITS) {
      throw wrong(bits);
    }
    return number;
  }

  private static InvalidArgumentException wrong(String bits) {
    return new InvalidArgumentException(
        "--bits '%s': give numbers in 1..%d, as 2,4,8 or 2..8".formatted(bits, MOST_BITS));
  }
}
