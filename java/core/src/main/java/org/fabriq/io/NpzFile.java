// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.fabriq.FileFormatException;
import org.fabriq.tensor.Tensor;

/**
 * Named arrays in numpy's npz form: a zip archive of npy files, stored or deflated.
 *
 * <p>Read are the dtypes {@code <f4}, {@code <f8} (narrowed to fp32 by rounding half to even; a
 * finite value beyond its range is an error), {@code |i1} and {@code <i4}, in C order or, up to two
 * dimensions, in Fortran order, which is transposed. Anything else, a missing or truncated file, a
 * failing CRC and pickled objects are a {@link org.fabriq.FileFormatException} that names the file,
 * the entry and the remedy. An entry holds at most 2^31 - 1 bytes.
 */
public final class NpzFile {
  private static final String SUFFIX = ".npy";

  /** Any time whose zip form has no time zone; the first that is exact in Java's writer. */
  private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private NpzFile() {}

  /** Reads all arrays, by name without ".npy", in the order of the file; the map is read-only. */
  public static Map<String, Tensor> read(Path file) {
    return read(file, Location.ofFile(file));
  }

  /**
   * Reads all arrays of a stream to its end, through a temporary file; the caller closes the
   * stream.
   *
   * @param name what errors are to call it
   */
  public static Map<String, Tensor> read(InputStream in, String name) {
    Location where = new Location(name, null);
    try {
      Path copy = Files.createTempFile("fabriq", ".npz");
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return read(copy, where);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  private static Map<String, Tensor> read(Path file, Location where) {
    try (ZipFile zip = open(file, where)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Location place = where.entry(entry.getName());
        if (tensors.put(arrayName(entry, place), read(zip, entry, place)) != null) {
          throw place.error("name", "a second entry of this name", "one", "rename one of them");
        }
      }
      return Collections.unmodifiableMap(tensors);
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  /** Opens an archive that holds no Python objects. */
  static ZipFile open(Path file, Location where) throws IOException {
    PythonFile.requireNone(file, where);
    requireNoNpy(file, where);
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw noArchive(file, where);
    }
  }

  private static FileFormatException noArchive(Path file, Location where) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(FileStart.BYTES);
      boolean zip = start.length > 1 && start[0] == 'P' && start[1] == 'K';
      return where.error(
          "form",
          zip ? "an archive that is damaged or cut short" : FileStart.of(start),
          "an npz archive",
          "write it with numpy.savez, or get it again");
    }
  }

  private static void requireNoNpy(Path file, Location where) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (in.read() == 0x93) {
        throw where.error(
            "form",
            "one npy array without a name",
            "an npz archive of named arrays",
            "write it with numpy.savez(file, name=array)");
      }
    }
  }

  static String arrayName(ZipEntry entry, Location place) {
    String name = entry.getName();
    if (!name.endsWith(SUFFIX)) {
      throw place.error("name", name, "a name ending in .npy", "write it with numpy.savez");
    }
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static Tensor read(ZipFile zip, ZipEntry entry, Location place) {
    checkSize(entry, place);
    try (InputStream raw = zip.getInputStream(entry);
        CheckedInputStream in = new CheckedInputStream(raw, new CRC32())) {
      Tensor tensor = NpyStream.read(in, entry.getSize(), place);
      if (in.read() >= 0 || in.getChecksum().getValue() != entry.getCrc()) {
        throw place.error("CRC", "another checksum", "the archive's", Location.COPY_AGAIN);
      }
      return tensor;
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  static void checkSize(ZipEntry entry, Location place) {
    if (!Deflate.canHold(entry.getCompressedSize(), entry.getSize())) {
      throw place.error(
          "size",
          "%,d bytes from %,d".formatted(entry.getSize(), entry.getCompressedSize()),
          "at most 1032 times the compressed bytes",
          Location.COPY_AGAIN);
    }
  }

  /**
   * Writes arrays, over what the file held: stored, sorted by name, with a fixed time, so that the
   * same content gives the same bytes on every machine.
   */
  public static void write(Path file, Map<String, ? extends Tensor> tensors) {
    try {
      writeTo(file, tensors);
    } catch (IOException e) {
      throw Location.of(file).unwritable(e);
    }
  }

  /** As {@link #write}, for a caller that names another file in errors. */
  static void writeTo(Path file, Map<String, ? extends Tensor> tensors) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, ? extends Tensor> named : new TreeMap<>(tensors).entrySet()) {
        zip.putNextEntry(stored(named.getKey() + SUFFIX, named.getValue()));
        NpyStream.write(zip, named.getValue());
        zip.closeEntry();
      }
    }
  }

  private static ZipEntry stored(String name, Tensor tensor) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    NpyStream.write(checked, tensor);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(FIXED_TIME);
    entry.setSize(NpyHeader.of(tensor).length + (long) tensor.memory().limit());
    entry.setCrc(checked.getChecksum().getValue());
    return entry;
  }
}
