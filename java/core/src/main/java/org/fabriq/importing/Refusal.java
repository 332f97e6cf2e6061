// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

/**
 * Why an operation of a model is not taken.
 *
 * @param operator what the file calls the operation, as {@code TopK}
 * @param node its name in the file, or that of what it gives where it has none
 * @param reason what is not taken about it
 * @param remedy what the user can do
 */
public record Refusal(String operator, String node, String reason, String remedy) {
  /** Makes one line of each part, whatever characters a file has in its names. */
  public Refusal {
    operator = oneLine(operator);
    node = oneLine(node);
    reason = oneLine(reason);
    remedy = oneLine(remedy);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** One line. */
  @Override
  public String toString() {
    return "%s %s: %s; %s".formatted(operator, node, reason, remedy);
  }
}
