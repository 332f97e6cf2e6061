// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The IDX files of MNIST, plain or gzip (told apart by their first bytes, not by their name).
 *
 * <pre>
 *  0        4       8      12        16
 *  | 00000803 | count | rows | columns | pixels, unsigned bytes, row-major   (images)
 *  | 00000801 | count | labels, unsigned bytes                               (labels)
 * </pre>
 *
 * <p>All integers are big-endian. Source: Y. LeCun, "The MNIST database", file formats. Anything
 * wrong with a file is a {@link org.fabriq.FileFormatException}.
 */
public final class IdxFile {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int GZIP_MAGIC = 0x1f8b;

  private IdxFile() {}

  /**
   * Images as a file holds them.
   *
   * @param pixels count * rows * columns unsigned bytes, row-major; owned by the record
   * @param inFile how many the file has, count or more
   */
  public record Images(byte[] pixels, int count, int rows, int columns, int inFile) {}

  /** Tells whether a file begins as an IDX file or as a gzip file, which may be one. */
  public static boolean isIdx(Path file) {
    Location where = Location.ofFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      int magic = start.length < 2 ? -1 : (start[0] & 0xff) << 8 | start[1] & 0xff;
      return magic == 0 || magic == GZIP_MAGIC;
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  /** Reads an image file. */
  public static Images readImages(Path file) {
    return readImages(file, Integer.MAX_VALUE);
  }

  /**
   * Reads the first images of a file, with memory for no more than those.
   *
   * @param most images, at least 1
   */
  public static Images readImages(Path file, int most) {
    Content content = read(file, IMAGES, 3, most);
    int[] shape = content.shape;
    return new Images(content.bytes, Math.min(most, shape[0]), shape[1], shape[2], shape[0]);
  }

  /** Reads a label file. */
  public static byte[] readLabels(Path file) {
    return read(file, LABELS, 1, Integer.MAX_VALUE).bytes;
  }

  private record Content(int[] shape, byte[] bytes) {}

  private static Content read(Path file, int magic, int rank, int most) {
    Location where = Location.ofFile(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(2);
      boolean gzip = (raw.read() << 8 | raw.read()) == GZIP_MAGIC;
      raw.reset();
      InputStream in = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
      int[] shape = readHeader(in, magic, rank, where);
      int size = checkedSize(shape, 4 + 4 * rank, Files.size(file), gzip, where);
      int wanted = size / shape[0] * Math.min(most, shape[0]);
      byte[] bytes = in.readNBytes(wanted);
      if (bytes.length < wanted || wanted == size && in.read() >= 0) {
        String found = bytes.length < wanted ? bytes.length + " bytes" : "more bytes";
        throw where.error("data", found, size + " bytes by its header", Location.COPY_AGAIN);
      }
      return new Content(shape, bytes);
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  private static int[] readHeader(InputStream in, int magic, int rank, Location where)
      throws IOException {
    byte[] header = in.readNBytes(4 + 4 * rank);
    String kind = magic == IMAGES ? "images" : "labels";
    String remedy = "give an IDX file of " + kind;
    ByteBuffer buffer = ByteBuffer.wrap(header);
    if (header.length >= 4 && buffer.getInt(0) != magic) {
      throw where.error("form", FileStart.of(header), "an IDX file of " + kind, remedy);
    }
    if (header.length < 4 + 4 * rank) {
      throw where.error(
          "header", header.length + " bytes", 4 + 4 * rank + " bytes", Location.COPY_AGAIN);
    }
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = buffer.getInt(4 + 4 * i);
      if (shape[i] < 1) {
        throw where.error("dimension " + i, "" + shape[i], "at least 1", remedy);
      }
    }
    return shape;
  }

  private static int checkedSize(
      int[] shape, int headerBytes, long fileBytes, boolean gzip, Location where) {
    long size = 1;
    for (int dimension : shape) {
      size = size > Integer.MAX_VALUE ? size : size * dimension;
    }
    long expanded = headerBytes + size;
    boolean possible = gzip ? Deflate.canHold(fileBytes, expanded) : expanded == fileBytes;
    if (!possible || expanded > Integer.MAX_VALUE - 8) {
      throw where.error(
          "size",
          "%,d bytes".formatted(fileBytes),
          "%,d bytes%s by its header, below 2 GiB".formatted(expanded, gzip ? " unpacked" : ""),
          Location.COPY_AGAIN);
    }
    return (int) size;
  }
}
