// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads numbers as data files write them: a sign, digits, a point, an exponent, with blanks around
 * them. Java's own parser would also take {@code NaN}, {@code 1f} and {@code 0x1p3}.
 */
final class DecimalNumber {
  private static final Pattern FORM =
      Pattern.compile("[ \t]*[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?[ \t]*");
  private static final Pattern WHOLE = Pattern.compile("[ \t]*(\\d{1,10})[ \t]*");

  private DecimalNumber() {}

  /** Reads the nearest fp32; nothing where the text is no number or one over fp32. */
  static Optional<Float> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    float value = Float.parseFloat(text.strip());
    return Float.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  /** Reads a whole number from 0 to 2^31 - 1 without point and exponent; else gives nothing. */
  static Optional<Integer> parseWhole(String text) {
    if (!WHOLE.matcher(text).matches() || Long.parseLong(text.strip()) > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(text.strip()));
  }
}
