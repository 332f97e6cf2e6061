// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import org.fabriq.FileFormatException;

/**
 * Where the reader of a FlatBuffer is, whose offsets nothing has checked, and what it may still
 * read. All vectors together may have as many elements as the file has bytes, so that a file in
 * which many vectors share one place takes no longer than another.
 */
final class FlatAccess {
  private final String file;
  private final int bytes;
  private String table = "root";
  private int index = -1;
  private long elements;

  FlatAccess(String file, int bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Goes on to a table, the first one of its kind with index 0. */
  void at(String kind, int next) {
    table = kind;
    index = next;
  }

  /**
   * Checks the length of a vector.
   *
   * @param most the most elements that are taken
   * @return the length
   */
  int length(String vector, int length, int most) {
    if (length < 0 || length > most) {
      throw wrong(vector, "%,d elements".formatted(length), "0 to %,d".formatted(most));
    }
    elements += length;
    if (elements > bytes) {
      throw wrong(vector, "vectors that overlap", "one place for each");
    }
    return length;
  }

  /** Checks an index into a vector of so many elements, and returns it. */
  int index(String field, long found, int length) {
    if (found < 0 || found >= length) {
      throw wrong(field, "index %,d".formatted(found), "0 to %,d".formatted(length - 1));
    }
    return (int) found;
  }

  /** An error about a field of the table. */
  FileFormatException wrong(String field, String found, String expected) {
    return new FileFormatException(
        file,
        place() + " " + field,
        found,
        expected,
        "the file is damaged, convert the model again");
  }

  /** An error about an offset in the table that leaves the file. */
  FileFormatException outside() {
    return new FileFormatException(
        file,
        place(),
        "an offset to what is not there",
        "one within the file's %,d bytes".formatted(bytes),
        "the file is damaged or cut short, get it again");
  }

  private String place() {
    return index < 0 ? table : table + " " + index;
  }
}
