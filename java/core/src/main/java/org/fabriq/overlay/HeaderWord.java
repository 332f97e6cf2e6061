// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;

/**
 * A word of a program's header, without a sign.
 *
 * @param index its place, from 0
 * @param greatest that the form allows, also {@code least} if all programs have the same
 * @param entryBytes of an entry of the section that it counts the entries of; 0 if it counts none
 * @param text what it is, as {@code rows of taps}
 */
record HeaderWord(String name, int index, long least, long greatest, int entryBytes, String text) {
  private static final long ALL_ONES = 0xffff_ffffL;

  /**
   * Reads a description: limits, a value that never changes, or neither.
   *
   * @throws FileFormatException if it is none
   */
  static HeaderWord of(JsonObject json, int index) {
    long least = 0;
    long greatest = ALL_ONES;
    if (json.has("value")) {
      least = Integer.toUnsignedLong(hexadecimal(json, "value"));
      greatest = least;
    } else if (json.has("least")) {
      least = json.integer("least");
      greatest = json.integer("greatest");
      if (least < 0 || greatest < least) {
        throw json.wrong("greatest", "no less than least, and both from 0 on");
      }
    }
    int entryBytes = json.has("entry_bytes") ? json.integer("entry_bytes") : 0;
    return new HeaderWord(
        json.text("name"), index, least, greatest, entryBytes, json.text("description"));
  }

  /** Reads 32 bits, as {@code 0x5a}. */
  static int hexadecimal(JsonObject json, String name) {
    try {
      return Integer.parseUnsignedInt(json.text(name).replaceFirst("^0x", ""), 16);
    } catch (NumberFormatException e) {
      throw json.wrong(name, "32 bits in hexadecimal, as 0x5a");
    }
  }

  /** Whether it counts the entries of a section. */
  boolean isCount() {
    return entryBytes > 0;
  }

  /**
   * Checks a number.
   *
   * @throws InvalidArgumentException if the form does not allow it
   */
  void check(int value) {
    long number = Integer.toUnsignedLong(value);
    if (number < least || number > greatest) {
      throw new InvalidArgumentException(
          "a program with %s %,d, limit %,d to %,d; plan the network again"
              .formatted(name, number, least, greatest));
    }
  }
}
