// SPDX-License-Identifier: Apache-2.0
package org.fabriq;

/**
 * A file that is missing, unreadable, cut short or not of the format it should have. The message
 * names the file, the place in it, what was found, what was expected, and the remedy.
 */
public class FileFormatException extends FabriqException {
  private static final long serialVersionUID = 1L;

  /**
   * @param place where in the file: an entry, a field or an offset
   * @param found what is there
   * @param expected what should be there
   * @param remedy what the user can do
   */
  public FileFormatException(
      String file, String place, String found, String expected, String remedy) {
    super("%s, %s: %s found, %s expected; %s".formatted(file, place, found, expected, remedy));
  }

  /** A file that could not be read at all: missing, a folder, no permission, a failing disk. */
  public FileFormatException(String file, String reason, String remedy, Throwable cause) {
    super("%s: %s; %s".formatted(file, reason, remedy), cause);
  }
}
