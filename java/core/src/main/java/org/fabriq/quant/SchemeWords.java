// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import java.util.ArrayDeque;
import java.util.List;

/** The words behind the colon of a quantizer's text, which are taken from the front. */
final class SchemeWords {
  /** What stands before an axis. */
  static final String AXIS = "axis=";

  private static final String SEED = "seed=";

  private final ArrayDeque<String> words;

  /** The words of {@code 4,pow2,mse}. */
  SchemeWords(String text) {
    words = new ArrayDeque<>(List.of(text.split(",", -1)));
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /**
   * Takes a whole number.
   *
   * @throws NumberFormatException if the next word is none
   */
  int number() {
    return Integer.parseInt(words.remove());
  }

  /** Takes this word, if it is the next one. */
  boolean takes(String word) {
    boolean next = word.equals(words.peek());
    if (next) {
      words.remove();
    }
    return next;
  }

  /** Takes the seed, if it is the next word, or gives 0. */
  long seed() {
    return isEmpty() || !words.peek().startsWith(SEED)
        ? 0
        : Long.parseLong(words.remove().substring(SEED.length()));
  }

  /** Takes the axis, if it is the last word, or gives 0. */
  int axis() {
    return isEmpty() || !words.peekLast().startsWith(AXIS)
        ? 0
        : Integer.parseInt(words.removeLast().substring(AXIS.length()));
  }

  /** Takes what changes the scale and the range that a quantizer finds. */
  Quantizer calibrated(RangeQuantizer plain) {
    RangeQuantizer quantizer = takes("pow2") ? new PowerOfTwoQuantizer(plain) : plain;
    return isEmpty()
        ? quantizer
        : new CalibratedQuantizer(quantizer, RangeForm.read(words.remove()));
  }

  /** Takes all words. */
  String rest() {
    String rest = String.join(",", words);
    words.clear();
    return rest;
  }
}
