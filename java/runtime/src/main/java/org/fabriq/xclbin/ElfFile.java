// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

/**
 * Checks that bytes are a whole 64-bit x86-64 shared object or position-independent executable.
 *
 * <pre>
 *  0           4       5      6     16     18            32
 *  | 7f 45 4c 46 | class | data | ... | type | machine | ... | program headers at u64 |
 *  40                       54          56           58          60
 *  | section headers at u64 | size u16  | count u16  | size u16  | count u16 |
 * </pre>
 *
 * <p>Source: System V ABI, ELF-64.
 */
final class ElfFile {
  static final int HEADER_BYTES = 64;

  private static final int MAGIC = 0x464c457f;
  private static final int CLASS_64_LITTLE = 0x0102;
  private static final int SHARED = 3;
  private static final int X86_64 = 62;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int SECTION_HEADER_BYTES = 64;
  private static final String EXPECTED = "an x86-64 shared object or executable (ELF)";

  private final Region file;

  private ElfFile(Region file) {
    this.file = file;
  }

  /**
   * @throws XclbinFormatException if it is something else, or cut short
   */
  static void check(Region file) {
    new ElfFile(file).check();
  }

  private void check() {
    require(0, file.size() >= HEADER_BYTES, file.size() + " bytes", EXPECTED);
    require(0, file.i32(0) == MAGIC, "another magic", EXPECTED);
    require(4, file.u16(4) == CLASS_64_LITTLE, "another class", EXPECTED);
    require(
        16,
        file.u16(16) == SHARED && file.u16(18) == X86_64,
        "type %d, machine %d".formatted(file.u16(16), file.u16(18)),
        EXPECTED);
    int programHeaders = table("program headers", 32, 54, PROGRAM_HEADER_BYTES);
    table("section headers", 40, 58, SECTION_HEADER_BYTES);
    for (int i = 0; i < programHeaders; i++) {
      int header = (int) file.i64(32) + i * PROGRAM_HEADER_BYTES;
      within(header, "segment " + i, file.i64(header + 8), file.i64(header + 32));
    }
  }

  private int table(String what, int offsetAt, int entryBytesAt, int entryBytes) {
    int count = file.u16(entryBytesAt + 2);
    if (count > 0) {
      int found = file.u16(entryBytesAt);
      require(entryBytesAt, found == entryBytes, what + " of " + found + " bytes", "" + entryBytes);
      within(offsetAt, what, file.i64(offsetAt), (long) count * entryBytes);
    }
    return count;
  }

  private void within(int at, String what, long offset, long size) {
    require(
        at,
        offset >= 0 && size >= 0 && offset <= file.size() && size <= file.size() - offset,
        "%s of %d bytes at %d".formatted(what, size, offset),
        "an end within %d bytes".formatted(file.size()));
  }

  private void require(int at, boolean condition, String found, String expected) {
    if (!condition) {
      throw file.error(at, found, expected);
    }
  }
}
