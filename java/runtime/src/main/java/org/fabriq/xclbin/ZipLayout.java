// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

/**
 * Offsets of a zip archive's records, little-endian. Source: PKWARE APPNOTE 4.3.
 *
 * <pre>
 * local entry   | PK34 | version | flags | method | time | CRC | packed | size | name | extra |
 * central entry | PK12 | made by | version | flags | method | ... | attributes | local offset |
 * end           | PK56 | disks | entries | directory size | directory offset | comment length |
 * </pre>
 */
final class ZipLayout {
  static final int LOCAL_MAGIC = 0x04034b50;
  static final int LOCAL_BYTES = 30;
  static final int LOCAL_NAME_LENGTH = 26;
  static final int LOCAL_EXTRA_LENGTH = 28;

  static final int ENTRY_MAGIC = 0x02014b50;
  static final int ENTRY_BYTES = 46;
  static final int ENTRY_MADE_BY_SYSTEM = 5;
  static final int ENTRY_FLAGS = 8;
  static final int ENTRY_METHOD = 10;
  static final int ENTRY_CRC = 16;
  static final int ENTRY_PACKED = 20;
  static final int ENTRY_SIZE = 24;
  static final int ENTRY_NAME_LENGTH = 28;
  static final int ENTRY_EXTRA_LENGTH = 30;
  static final int ENTRY_COMMENT_LENGTH = 32;
  static final int ENTRY_ATTRIBUTES = 38;
  static final int ENTRY_LOCAL_OFFSET = 42;

  static final int END_MAGIC = 0x06054b50;
  static final int END_BYTES = 22;
  static final int END_ENTRIES = 10;
  static final int END_DIRECTORY_BYTES = 12;
  static final int END_DIRECTORY_OFFSET = 16;
  static final int END_COMMENT_LENGTH = 20;

  static final int UNIX = 3;
  static final int MODE_SHIFT = 16;
  static final int ENCRYPTED = 1;
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private ZipLayout() {}
}
