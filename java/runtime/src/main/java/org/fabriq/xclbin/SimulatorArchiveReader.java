// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the archive of a hw_emu xclbin, so that {@code unzip} unpacks it without a question and
 * within its folder: whole, each entry once, none encrypted, no link, every CRC right.
 */
final class SimulatorArchiveReader {
  private static final Pattern SCRIPT = Pattern.compile("behav_waveform/[^/]+/simulate\\.sh");
  private static final int LINK = 0120000;
  private static final int TYPE_MASK = 0170000;

  /** More than any simulator, less than any disk. */
  private static final long MAX_UNPACKED = 4L << 30;

  /** An entry of the directory. */
  record Entry(String name, int method, long crc, int packed, long size, int dataAt) {}

  private final Region zip;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private SimulatorArchiveReader(Region zip) {
    this.zip = zip;
  }

  /**
   * The names of the entries.
   *
   * @throws XclbinFormatException if the archive is not sound, or has no simulate.sh
   */
  static Set<String> check(Region section) {
    SimulatorArchiveReader reader = new SimulatorArchiveReader(section);
    reader.readDirectory();
    reader.checkOverlap();
    reader.checkContent();
    if (reader.names.stream().noneMatch(name -> SCRIPT.matcher(name).matches())) {
      throw section.error("no behav_waveform/xsim/simulate.sh", "that entry", Region.REMEDY);
    }
    return reader.names;
  }

  private void readDirectory() {
    int end = zip.size() - ZipLayout.END_BYTES;
    if (end < 0 || zip.i32(end) != ZipLayout.END_MAGIC) {
      throw zip.error(Math.max(0, end), "no end record", "a zip archive without a comment");
    }
    int count = zip.u16(end + ZipLayout.END_ENTRIES);
    long start = zip.u32(end + ZipLayout.END_DIRECTORY_OFFSET);
    long bytes = zip.u32(end + ZipLayout.END_DIRECTORY_BYTES);
    if (start + bytes != end) {
      throw zip.error(
          end, "a directory of %d bytes at %d".formatted(bytes, start), "an end at " + end);
    }
    int at = (int) start;
    for (int i = 0; i < count; i++) {
      at = readEntry(at);
    }
    if (at != end) {
      throw zip.error(at, "%d bytes after the last entry".formatted(end - at), "none");
    }
  }

  private int readEntry(int at) {
    if (zip.i32(at) != ZipLayout.ENTRY_MAGIC) {
      throw zip.error(at, "another magic", "an entry of the zip directory");
    }
    int nameBytes = zip.u16(at + ZipLayout.ENTRY_NAME_LENGTH);
    byte[] rawName = zip.bytes(at + ZipLayout.ENTRY_BYTES, nameBytes);
    String name = new String(rawName, UTF_8);
    checkName(name, at);
    checkKind(name, at);
    long local = zip.u32(at + ZipLayout.ENTRY_LOCAL_OFFSET);
    long packed = zip.u32(at + ZipLayout.ENTRY_PACKED);
    int dataAt = dataAfter(local, rawName, at);
    if (packed > zip.size() - dataAt) {
      throw zip.error(at, packed + " packed bytes", "at most " + (zip.size() - dataAt));
    }
    entries.add(
        new Entry(
            name,
            zip.u16(at + ZipLayout.ENTRY_METHOD),
            zip.u32(at + ZipLayout.ENTRY_CRC),
            (int) packed,
            zip.u32(at + ZipLayout.ENTRY_SIZE),
            dataAt));
    return at
        + ZipLayout.ENTRY_BYTES
        + nameBytes
        + zip.u16(at + ZipLayout.ENTRY_EXTRA_LENGTH)
        + zip.u16(at + ZipLayout.ENTRY_COMMENT_LENGTH);
  }

  private int dataAfter(long local, byte[] name, int at) {
    if (local > zip.size() || zip.i32((int) local) != ZipLayout.LOCAL_MAGIC) {
      throw zip.error(at, "no entry at " + local, "one");
    }
    int start = (int) local;
    int nameBytes = zip.u16(start + ZipLayout.LOCAL_NAME_LENGTH);
    if (!java.util.Arrays.equals(zip.bytes(start + ZipLayout.LOCAL_BYTES, nameBytes), name)) {
      throw zip.error(start, "another name", "the directory's");
    }
    int dataAt =
        start + ZipLayout.LOCAL_BYTES + nameBytes + zip.u16(start + ZipLayout.LOCAL_EXTRA_LENGTH);
    if (dataAt > zip.size()) {
      throw zip.error(start, "data at " + dataAt, "below " + zip.size());
    }
    return dataAt;
  }

  private void checkName(String name, int at) {
    boolean inside =
        !name.isEmpty()
            && !name.startsWith("/")
            && name.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7f || c == 0xfffd)
            && !List.of(name.split("/")).contains("..");
    if (!inside) {
      throw zip.error(
          at,
          "entry '%s'".formatted(Region.shortened(name.replaceAll("\\p{Cntrl}", "?"))),
          "a path within the archive's folder");
    }
    if (!names.add(name)) {
      throw zip.error(at, "a second entry " + Region.shortened(name), "one of that name");
    }
  }

  private void checkKind(String name, int at) {
    if ((zip.u16(at + ZipLayout.ENTRY_FLAGS) & ZipLayout.ENCRYPTED) != 0) {
      throw zip.error(at, Region.shortened(name) + " encrypted", "no encryption");
    }
    int mode = zip.i32(at + ZipLayout.ENTRY_ATTRIBUTES) >>> ZipLayout.MODE_SHIFT;
    if (zip.u8(at + ZipLayout.ENTRY_MADE_BY_SYSTEM) == ZipLayout.UNIX
        && (mode & TYPE_MASK) == LINK) {
      throw zip.error(at, Region.shortened(name) + " a symbolic link", "a file");
    }
  }

  private void checkOverlap() {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingInt(Entry::dataAt));
    for (int i = 1; i < ordered.size(); i++) {
      Entry before = ordered.get(i - 1);
      if (ordered.get(i).dataAt() < before.dataAt() + before.packed()) {
        throw zip.error(
            ordered.get(i).dataAt(),
            Region.shortened(ordered.get(i).name()) + " within " + Region.shortened(before.name()),
            "entries that do not overlap");
      }
    }
  }

  private void checkContent() {
    long unpacked = 0;
    for (Entry entry : entries) {
      unpacked += entry.size();
      if (unpacked > MAX_UNPACKED) {
        throw zip.error(entry.dataAt(), unpacked + " bytes unpacked", "at most " + MAX_UNPACKED);
      }
      ByteBuffer data = zip.buffer().slice(entry.dataAt(), entry.packed());
      String wrong = ZipContent.check(data, entry.method(), entry.size(), entry.crc());
      if (wrong != null) {
        throw zip.error(
            entry.dataAt(), Region.shortened(entry.name()) + ": " + wrong, "whole content");
      }
    }
  }
}
