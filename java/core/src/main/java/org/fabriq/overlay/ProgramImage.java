// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;

/**
 * A program of {@code network_i8} as bytes: a header, then records, weights, taps, column
 * parameters and tables, as docs/overlay.md states.
 *
 * @param resultWords the 64-bit words of a result
 */
record ProgramImage(
    List<LayerRecord> records,
    List<byte[]> weights,
    List<byte[]> taps,
    List<byte[]> columns,
    List<byte[]> tables,
    ImagePlace place,
    int resultWords) {
  private static final HeaderLayout HEADER = HeaderLayout.NETWORK_I8;

  ProgramImage {
    records = List.copyOf(records);
    weights = List.copyOf(weights);
    taps = List.copyOf(taps);
    columns = List.copyOf(columns);
    tables = List.copyOf(tables);
  }

  /** The header, but for its check word. */
  ProgramHeader header() {
    return new ProgramHeader()
        .set("records", records.size())
        .set("weights", weights.size())
        .set("taps", taps.size())
        .set("columns", columns.size())
        .set("tables", tables.size())
        .set("image_words", place.words())
        .set("base", place.base())
        .set("second_base", place.secondBase())
        .set("pitch", place.pitch())
        .set("blocks", place.blocks())
        .set("twice", place.twice() ? 1 : 0)
        .set("result_words", resultWords);
  }

  /**
   * The image.
   *
   * @throws InvalidArgumentException if images or results have more words than the form allows
   */
  byte[] bytes() {
    List<byte[]> parts = new ArrayList<>();
    records.forEach(record -> parts.add(record.pack()));
    parts.addAll(weights);
    parts.addAll(taps);
    parts.addAll(columns);
    parts.addAll(tables);
    int size = parts.stream().mapToInt(part -> part.length).sum();
    ByteBuffer image = ByteBuffer.allocate(HEADER.bytes() + size).order(ByteOrder.LITTLE_ENDIAN);
    header().write(image);
    parts.forEach(image::put);
    return image.array();
  }

  /**
   * Reads an image.
   *
   * @throws InvalidArgumentException if it is none, or damaged
   */
  static ProgramImage read(byte[] bytes) {
    ByteBuffer image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ProgramHeader header = ProgramHeader.read(image);
    List<LayerRecord> records = new ArrayList<>();
    for (byte[] record : section(image, header, "records")) {
      records.add(LayerRecord.read(record, 0));
    }
    ProgramImage read =
        new ProgramImage(
            records,
            section(image, header, "weights"),
            section(image, header, "taps"),
            section(image, header, "columns"),
            section(image, header, "tables"),
            new ImagePlace(
                header.get("image_words"),
                header.get("base"),
                header.get("second_base"),
                header.get("pitch"),
                header.get("blocks"),
                header.get("twice") != 0),
            header.get("result_words"));
    if (image.hasRemaining()) {
      throw new InvalidArgumentException(
          "a program of %,d bytes with %,d more; plan the network again"
              .formatted(image.position(), image.remaining()));
    }
    return read;
  }

  private static List<byte[]> section(ByteBuffer image, ProgramHeader header, String name) {
    int entries = header.get(name);
    int bytes = HEADER.word(name).entryBytes();
    if (entries < 0 || (long) entries * bytes > image.remaining()) {
      throw new InvalidArgumentException(
          "%,d entries of %d bytes in the %,d that are left of a program; plan the network again"
              .formatted(entries, bytes, image.remaining()));
    }
    List<byte[]> section = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      byte[] entry = new byte[bytes];
      image.get(entry);
      section.add(entry);
    }
    return section;
  }
}
