// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

/**
 * What was found about one thing that a board needs.
 *
 * @param subject as "driver"
 * @param text what is there, or what is wrong and how to mend it
 */
public record Finding(String subject, State state, String text) {
  /** How good it is. */
  public enum State {
    /** As it should be. */
    OK,
    /** Works, but slowly or not for everything. */
    WARNING,
    /** Does not work. */
    WRONG
  }

  static Finding ok(String subject, String text) {
    return new Finding(subject, State.OK, text);
  }

  static Finding warning(String subject, String text) {
    return new Finding(subject, State.WARNING, text);
  }

  static Finding wrong(String subject, String text) {
    return new Finding(subject, State.WRONG, text);
  }
}
