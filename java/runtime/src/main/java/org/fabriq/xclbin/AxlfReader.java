// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads the container: the header, and sections that lie within the file and not in each other. */
final class AxlfReader {
  private final Region file;
  private final List<XclbinContent.Section> sections = new ArrayList<>();

  private AxlfReader(Region file) {
    this.file = file;
  }

  /**
   * @throws XclbinFormatException if the container is not sound
   */
  static AxlfReader read(Region file) {
    AxlfReader reader = new AxlfReader(file);
    reader.checkHeader();
    reader.readSections();
    reader.checkOverlap();
    return reader;
  }

  private void checkHeader() {
    byte[] magic = AxlfLayout.MAGIC;
    if (file.size() < magic.length || !Arrays.equals(file.bytes(0, magic.length), magic)) {
      throw file.error(0, "another magic", "\"xclbin2\" and a zero byte");
    }
    long length = file.i64(AxlfLayout.LENGTH);
    int signature = Math.max(0, file.i32(AxlfLayout.SIGNATURE_LENGTH));
    if (length != (long) file.size() - signature) {
      throw file.error(
          AxlfLayout.LENGTH,
          "a length of " + Long.toUnsignedString(length),
          "the file's %d bytes%s"
              .formatted(file.size(), signature == 0 ? "" : ", less its signature's " + signature));
    }
    if (target() == null) {
      throw file.error(
          AxlfLayout.MODE,
          "mode " + file.u16(AxlfLayout.MODE),
          "0 or 1 (hw), 4 or 6 (hw_emu), 5 (sw_emu)");
    }
    platform();
  }

  private void readSections() {
    long count = file.u32(AxlfLayout.SECTION_COUNT);
    long end = AxlfLayout.SECTION_HEADERS + count * AxlfLayout.HEADER_BYTES;
    if (count > AxlfLayout.MAX_SECTIONS || end > file.size()) {
      throw file.error(
          AxlfLayout.SECTION_COUNT,
          count + " sections",
          "at most %d in a file of %d bytes"
              .formatted(
                  Math.max(0, file.size() - AxlfLayout.SECTION_HEADERS) / AxlfLayout.HEADER_BYTES,
                  file.size()));
    }
    for (int i = 0; i < count; i++) {
      int header = AxlfLayout.SECTION_HEADERS + i * AxlfLayout.HEADER_BYTES;
      int kind = file.i32(header);
      long offset = file.i64(header + AxlfLayout.HEADER_OFFSET);
      long size = file.i64(header + AxlfLayout.HEADER_SIZE);
      if (offset == 0 && size == 0) {
        continue;
      }
      if (offset < end || size < 0 || offset > file.size() || size > file.size() - offset) {
        throw file.error(
            header,
            "%s at %s of %s bytes"
                .formatted(
                    SectionKind.nameOf(kind),
                    Long.toUnsignedString(offset),
                    Long.toUnsignedString(size)),
            "within %d to %d".formatted(end, file.size()));
      }
      if (offset % AxlfLayout.ALIGNMENT != 0) {
        throw file.error(
            header,
            "%s at %d".formatted(SectionKind.nameOf(kind), offset),
            "a multiple of " + AxlfLayout.ALIGNMENT);
      }
      sections.add(new XclbinContent.Section(kind, SectionKind.nameOf(kind), offset, size));
    }
  }

  private void checkOverlap() {
    List<XclbinContent.Section> ordered = new ArrayList<>(sections);
    ordered.sort(Comparator.comparingLong(XclbinContent.Section::offset));
    for (int i = 1; i < ordered.size(); i++) {
      XclbinContent.Section before = ordered.get(i - 1);
      XclbinContent.Section section = ordered.get(i);
      if (section.offset() < before.offset() + before.bytes()) {
        throw file.error(
            (int) section.offset(),
            "%s within %s".formatted(section.name(), before.name()),
            "sections that do not overlap");
      }
    }
  }

  XclbinTarget target() {
    return XclbinTarget.ofMode(file.u16(AxlfLayout.MODE));
  }

  String platform() {
    return file.text(AxlfLayout.VBNV, AxlfLayout.VBNV_BYTES);
  }

  byte[] uuid() {
    return file.bytes(AxlfLayout.UUID, AxlfLayout.UUID_BYTES);
  }

  /** The shell it was linked for, as sysfs prints it; null where the linker wrote none. */
  String interfaceUuid() {
    String hex =
        HexFormat.of().formatHex(file.bytes(AxlfLayout.INTERFACE_UUID, AxlfLayout.UUID_BYTES));
    return hex.matches("0+") ? null : hex;
  }

  long timeStamp() {
    return file.i64(AxlfLayout.TIME_STAMP);
  }

  List<XclbinContent.Section> sections() {
    return List.copyOf(sections);
  }

  /** All sections of a kind. */
  List<Region> all(SectionKind kind) {
    return sections.stream()
        .filter(section -> section.kind() == kind.number())
        .map(section -> file.part(kind.name(), (int) section.offset(), (int) section.bytes()))
        .toList();
  }

  /**
   * The section of a kind, if there is one.
   *
   * @throws XclbinFormatException if there are several
   */
  Optional<Region> find(SectionKind kind) {
    List<Region> found = all(kind);
    if (found.size() > 1) {
      throw found.get(1).error(0, found.size() + " sections " + kind, "one");
    }
    return found.stream().findFirst();
  }

  /**
   * @throws XclbinFormatException if there is none
   */
  Region require(SectionKind kind) {
    return find(kind)
        .orElseThrow(() -> file.error(AxlfLayout.SECTION_COUNT, "no section " + kind, "one of it"));
  }
}
