// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.nio.ByteBuffer;
import org.fabriq.InvalidArgumentException;

/**
 * The header of a program of {@code network_i8}: numbers by the names of {@link HeaderLayout}, all
 * as small as they may be at first. Not for several threads at once while it is being filled.
 */
final class ProgramHeader {
  private static final HeaderLayout LAYOUT = HeaderLayout.NETWORK_I8;

  private final int[] words = new int[LAYOUT.words().size()];

  ProgramHeader() {
    LAYOUT.words().forEach(word -> words[word.index()] = (int) word.least());
  }

  /**
   * Reads a header, and moves to what follows it.
   *
   * @param image in the order of bytes of a program
   * @throws InvalidArgumentException if it is none or damaged, or a number that counts no entries
   *     is outside its limits
   */
  static ProgramHeader read(ByteBuffer image) {
    ProgramHeader header = new ProgramHeader();
    for (int i = 0; i < header.words.length; i++) {
      header.words[i] = image.remaining() < Integer.BYTES ? 0 : image.getInt();
    }
    HeaderWord magic = LAYOUT.word("magic");
    HeaderWord version = LAYOUT.word("version");
    int sum = header.sum();
    if (header.get("magic") != magic.least()
        || header.get("version") != version.least()
        || sum != LAYOUT.sum()) {
      throw new InvalidArgumentException(
          ("a program that starts with %#x, has version %d and a sum of %#x, not %#x, %d and %#x;"
                  + " plan the network again")
              .formatted(
                  header.get("magic"),
                  header.get("version"),
                  sum,
                  magic.least(),
                  version.least(),
                  LAYOUT.sum()));
    }
    header.check();
    return header;
  }

  /** Checks what is not for a target to say. */
  private void check() {
    for (HeaderWord word : LAYOUT.words()) {
      if (!word.isCount()) {
        word.check(words[word.index()]);
      }
    }
  }

  /** Sets a number. */
  ProgramHeader set(String name, int value) {
    words[LAYOUT.word(name).index()] = value;
    return this;
  }

  /** A number. */
  int get(String name) {
    return words[LAYOUT.word(name).index()];
  }

  /**
   * Writes the header, with the word that makes its sum right.
   *
   * @param image in the order of bytes of a program
   * @throws InvalidArgumentException if a number that counts no entries is outside its limits
   */
  void write(ByteBuffer image) {
    check();
    set("check", 0);
    set("check", LAYOUT.sum() - sum());
    for (int word : words) {
      image.putInt(word);
    }
  }

  private int sum() {
    int sum = 0;
    for (int word : words) {
      sum += word;
    }
    return sum;
  }
}
