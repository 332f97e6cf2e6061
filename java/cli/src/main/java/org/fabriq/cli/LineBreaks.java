// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Arrays;

/**
 * Keeps picocli from breaking lines of help within a word, as behind the point of {@code .npy}: a
 * letter for private use stands for such points while lines are made.
 */
final class LineBreaks {
  private static final String POINT = "\ue000";

  private LineBreaks() {}

  /** Texts that are broken at blanks alone. */
  static String[] atBlanks(String... texts) {
    return Arrays.stream(texts)
        .map(text -> text.replaceAll("\\.(?=\\S)", POINT))
        .toArray(String[]::new);
  }

  /** The same as they are shown, once lines are made. */
  static String shown(String lines) {
    return lines.replace(POINT, ".");
  }
}
