// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The header of a .bit file, big-endian: a fixed field, then fields of a letter, a length and a
 * text that ends in a zero byte. Source: Vivado's write_bitstream; XRT reads the same.
 *
 * <pre>
 * | 00 09 | 9 bytes | 00 01 | 'a' | length u16 | design | 'b' | length u16 | part | ...
 * </pre>
 */
final class BitstreamHeader {
  private static final int FIRST_FIELD = 13;
  private static final int FIELD_HEADER = 3;

  private BitstreamHeader() {}

  /** The part, as {@code 7z020clg400}; null if this is no .bit file. */
  static String part(Region bitstream) {
    int at = FIRST_FIELD;
    for (char letter = 'a'; letter <= 'b'; letter++) {
      if (at + FIELD_HEADER > bitstream.size() || bitstream.u8(at) != letter) {
        return null;
      }
      int length = bitstream.u8(at + 1) << 8 | bitstream.u8(at + 2);
      at += FIELD_HEADER;
      if (length == 0 || at + length > bitstream.size()) {
        return null;
      }
      if (letter == 'b') {
        return new String(bitstream.bytes(at, length - 1), US_ASCII);
      }
      at += length;
    }
    return null;
  }
}
