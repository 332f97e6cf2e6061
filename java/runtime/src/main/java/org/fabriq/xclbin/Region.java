// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A part of a file that is read with every access checked: what lies outside is an {@link
 * XclbinFormatException} that names the place.
 */
final class Region {
  static final String REMEDY =
      "the file is damaged or no xclbin; get it again, or build it again: "
          + XclbinTarget.buildCommands();

  /** Far more of anything than a device has. */
  private static final int MAX_ENTRIES = 4096;

  private final ByteBuffer bytes;
  private final String file;
  private final String name;
  private final int start;

  private Region(ByteBuffer bytes, String file, String name, int start) {
    this.bytes = bytes;
    this.file = file;
    this.name = name;
    this.start = start;
  }

  /** A whole file; the bytes are not copied. */
  static Region of(byte[] content, String file) {
    return new Region(ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN), file, "file", 0);
  }

  /** A part of this one, which must be within it. */
  Region part(String partName, int offset, int size) {
    require(offset, size);
    return new Region(
        bytes.slice(offset, size).order(ByteOrder.LITTLE_ENDIAN), file, partName, start + offset);
  }

  /** The whole under another name. */
  Region part(String partName) {
    return part(partName, 0, size());
  }

  int size() {
    return bytes.capacity();
  }

  String file() {
    return file;
  }

  String name() {
    return name;
  }

  /** The bytes, little-endian, not copied; read only by absolute positions. */
  ByteBuffer buffer() {
    return bytes;
  }

  int u8(int at) {
    require(at, Byte.BYTES);
    return bytes.get(at) & 0xff;
  }

  int u16(int at) {
    require(at, Short.BYTES);
    return bytes.getShort(at) & 0xffff;
  }

  int i32(int at) {
    require(at, Integer.BYTES);
    return bytes.getInt(at);
  }

  long u32(int at) {
    return i32(at) & 0xffffffffL;
  }

  long i64(int at) {
    require(at, Long.BYTES);
    return bytes.getLong(at);
  }

  byte[] bytes(int at, int count) {
    require(at, count);
    byte[] copy = new byte[count];
    bytes.get(at, copy);
    return copy;
  }

  /** A text of printable ASCII that ends with a zero byte within its field. */
  String text(int at, int fieldBytes) {
    byte[] field = bytes(at, fieldBytes);
    int length = 0;
    while (length < fieldBytes && field[length] != 0) {
      if (field[length] < ' ' || field[length] > '~') {
        throw error(at + length, "byte 0x%02x".formatted(field[length]), "printable ASCII");
      }
      length++;
    }
    if (length == fieldBytes) {
      throw error(at, "no end of the text", "a zero byte within %d bytes".formatted(fieldBytes));
    }
    return new String(field, 0, length, US_ASCII);
  }

  /**
   * The count at the start of a table, checked against its size.
   *
   * @param entriesAt where the entries begin
   */
  int count(long value, int entriesAt, int entryBytes) {
    int limit = Math.min(MAX_ENTRIES, Math.max(0, size() - entriesAt) / entryBytes);
    if (value < 0 || value > limit) {
      throw error(0, "a count of " + value, "0 to %d in %d bytes".formatted(limit, size()));
    }
    return (int) value;
  }

  XclbinFormatException error(int at, String found, String expected) {
    return error(at, found, expected, REMEDY);
  }

  XclbinFormatException error(int at, String found, String expected, String remedy) {
    return new XclbinFormatException(
        file, "%s, offset 0x%x".formatted(name, (long) start + at), found, expected, remedy);
  }

  /** For what has no offset of its own. */
  XclbinFormatException error(String found, String expected, String remedy) {
    return new XclbinFormatException(file, name, found, expected, remedy);
  }

  /** A text from the file, short enough for a message. */
  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  private void require(int at, int count) {
    if (at < 0 || count < 0 || count > size() - at) {
      throw error(
          Math.max(at, 0),
          "an end at 0x%x".formatted((long) start + size()),
          "%d more bytes".formatted(count));
    }
  }
}
