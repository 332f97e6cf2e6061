// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;

/**
 * The words of the header of a program of {@code network_i8}, each of 4 bytes, as the kernel's own
 * description in this jar states them. Immutable.
 */
final class HeaderLayout {
  /** The layout of {@code network_i8}. */
  static final HeaderLayout NETWORK_I8 = of(KernelResource.read("network_i8.header.json"));

  private final int sum;
  private final Map<String, HeaderWord> words;

  private HeaderLayout(int sum, Map<String, HeaderWord> words) {
    this.sum = sum;
    this.words = words;
  }

  /**
   * Reads a description.
   *
   * @throws FileFormatException if it is none, or its words do not fill the header
   */
  static HeaderLayout of(JsonObject json) {
    Map<String, HeaderWord> words = new LinkedHashMap<>();
    for (JsonObject each : json.objects("words")) {
      HeaderWord word = HeaderWord.of(each, words.size());
      if (words.put(word.name(), word) != null) {
        throw each.wrong("name", "a name that no word before it has");
      }
    }
    if (json.integer("bytes") != Integer.BYTES * words.size()) {
      throw json.wrong("bytes", "4 for each of the %d words".formatted(words.size()));
    }
    return new HeaderLayout(
        HeaderWord.hexadecimal(json, "sum"), Collections.unmodifiableMap(words));
  }

  /** The size of a header. */
  int bytes() {
    return Integer.BYTES * words.size();
  }

  /** What the words add up to, modulo 2^32. */
  int sum() {
    return sum;
  }

  /** All words, in order. */
  Collection<HeaderWord> words() {
    return words.values();
  }

  /**
   * The word of a name.
   *
   * @throws InvalidArgumentException if there is none
   */
  HeaderWord word(String name) {
    HeaderWord word = words.get(name);
    if (word == null) {
      throw new InvalidArgumentException(
          "no word %s; there are %s".formatted(name, words.keySet()));
    }
    return word;
  }
}
