// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.kernel.CodeWidth;

/** The key=value words of a problem, each to be used once. */
final class ProblemOptions {
  private final Map<String, String> values = new LinkedHashMap<>();

  ProblemOptions(List<String> words) {
    for (String word : words) {
      String[] parts = word.split("=", 2);
      if (parts.length != 2 || values.put(parts[0], parts[1]) != null) {
        throw new IllegalArgumentException("expected key=value, once, found " + word);
      }
    }
  }

  String text(String key, String absent) {
    String value = values.remove(key);
    return value == null ? absent : value;
  }

  int integer(String key, int absent) {
    return Integer.parseInt(text(key, Integer.toString(absent)));
  }

  String oneOf(String key, String absent, String other) {
    String value = text(key, absent);
    if (!value.equals(absent) && !value.equals(other)) {
      throw new IllegalArgumentException("unknown option " + key + "=" + value);
    }
    return value;
  }

  CodeWidth width() {
    int bits = integer("b_bits", 8);
    return Arrays.stream(CodeWidth.values())
        .filter(width -> width.bits() == bits)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("b_bits=" + bits));
  }

  void checkAllUsed() {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("unknown options " + values);
    }
  }
}
