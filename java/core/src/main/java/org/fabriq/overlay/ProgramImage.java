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
  /** What the image has sections of, in order. */
  static final List<String> SECTIONS =
      List.of("records", "entries of weights", "rows of taps", "entries of columns", "tables");

  /** Where in the image the counts of these stand, each of 4 bytes. */
  static final int COUNTS = 8;

  private static final int MAGIC = 0x4e514146;
  private static final int VERSION = 1;
  private static final int SUM = 0x5a5a5a5a;
  private static final int HEADER_WORDS = 16;
  private static final int HEADER_BYTES = 4 * HEADER_WORDS;
  private static final int TABLE_BYTES = 256;

  ProgramImage {
    records = List.copyOf(records);
    weights = List.copyOf(weights);
    taps = List.copyOf(taps);
    columns = List.copyOf(columns);
    tables = List.copyOf(tables);
  }

  /** The image. */
  byte[] bytes() {
    List<byte[]> parts = new ArrayList<>();
    records.forEach(record -> parts.add(record.pack()));
    parts.addAll(weights);
    parts.addAll(taps);
    parts.addAll(columns);
    parts.addAll(tables);
    int size = parts.stream().mapToInt(part -> part.length).sum();
    ByteBuffer image = ByteBuffer.allocate(HEADER_BYTES + size).order(ByteOrder.LITTLE_ENDIAN);
    int sum = 0;
    for (int word : header()) {
      image.putInt(word);
      sum += word;
    }
    image.putInt(SUM - sum);
    parts.forEach(image::put);
    return image.array();
  }

  private int[] header() {
    return new int[] {
      MAGIC,
      VERSION,
      records.size(),
      weights.size(),
      taps.size(),
      columns.size(),
      tables.size(),
      place.words(),
      place.base(),
      place.secondBase(),
      place.pitch(),
      place.blocks(),
      place.twice() ? 1 : 0,
      resultWords,
      0
    };
  }

  /**
   * Reads an image.
   *
   * @throws InvalidArgumentException if it is none, or damaged
   */
  static ProgramImage read(byte[] bytes) {
    ByteBuffer image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int[] header = new int[HEADER_WORDS];
    int sum = 0;
    for (int i = 0; i < HEADER_WORDS && image.remaining() >= Integer.BYTES; i++) {
      header[i] = image.getInt();
      sum += header[i];
    }
    if (header[0] != MAGIC || header[1] != VERSION || sum != SUM) {
      throw new InvalidArgumentException(
          ("a program that starts with %#x, has version %d and a sum of %#x, not %#x, %d and %#x;"
                  + " plan the network again")
              .formatted(header[0], header[1], sum, MAGIC, VERSION, SUM));
    }
    List<LayerRecord> records = new ArrayList<>();
    for (byte[] record : section(image, header[2], RecordLayout.NETWORK_I8.bytes())) {
      records.add(LayerRecord.read(record, 0));
    }
    ProgramImage read =
        new ProgramImage(
            records,
            section(image, header[3], ProgramStores.WEIGHT_BYTES),
            section(image, header[4], ProgramStores.TAP_BYTES),
            section(image, header[5], ProgramStores.COLUMN_BYTES),
            section(image, header[6], TABLE_BYTES),
            new ImagePlace(
                header[7], header[8], header[9], header[10], header[11], (header[12] & 1) != 0),
            header[13]);
    if (image.hasRemaining()) {
      throw new InvalidArgumentException(
          "a program of %,d bytes with %,d more; plan the network again"
              .formatted(image.position(), image.remaining()));
    }
    return read;
  }

  private static List<byte[]> section(ByteBuffer image, int entries, int bytes) {
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
