// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Tells full sentences from fragments, by a list of verbs. */
final class Prose {
  private static final String ORDERS =
      "Build Check Classify Compare Find List Make Measure Plan Print Put Quantize Report Run Show"
          + " Write";

  private static final String STATEMENTS =
      "is are be have has can must may come comes changed begin begins make makes adds apply"
          + " applies compares compute computes counts depend does ends excludes fits give go hold"
          + " holds improve keep lists made mark needs prints run reads stops stay stand stands"
          + " takes taken tells turned was were write writes written";

  private static final Set<String> VERBS =
      new HashSet<>(
          Stream.of(ORDERS, STATEMENTS).flatMap(s -> Arrays.stream(s.split(" "))).toList());

  private Prose() {}

  /**
   * Refuses text that is not made of sentences: each begins with a capital, or as a word of the
   * command does, ends with a full stop, and has a verb.
   *
   * @param where for the message
   */
  static void assertSentences(String where, String text) {
    assertThat(text).as(where).isNotBlank().endsWith(".").doesNotContain("Default:");
    for (String sentence : text.split("(?<=\\.) +(?=[A-Z'{-])")) {
      assertThat(sentence).as(where).matches("(?s)[A-Z'{-].*\\.");
      assertThat(sentence.split("[^A-Za-z]+"))
          .as("%s: '%s' has no verb; write a sentence, or add its verb to Prose", where, sentence)
          .anyMatch(VERBS::contains);
    }
  }
}
