// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.fabriq.FileFormatException;

/** Reads the named arrays of an npz one by one as {@link NumberArray}. */
public final class NumberArchive {
  private final Path file;
  private final Location where;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private NumberArchive(Path file) {
    this.file = file;
    this.where = Location.ofFile(file);
  }

  /**
   * Reads the names.
   *
   * @throws FileFormatException if it is no npz
   */
  public static NumberArchive open(Path file) {
    NumberArchive archive = new NumberArchive(file);
    try (ZipFile zip = NpzFile.open(file, archive.where)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Location place = archive.where.entry(entry.getName());
        if (archive.entries.put(NpzFile.arrayName(entry, place), entry) != null) {
          throw place.error("name", "a second entry of this name", "one", "rename one of them");
        }
      }
    } catch (IOException e) {
      throw archive.where.unreadable(e);
    }
    return archive;
  }

  /** Gives the names of the arrays, in the order of the file. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Reads the first rows of an array. Its checksum is looked at where all rows are read.
   *
   * @param name one of {@link #names()}
   * @param most rows, at least 1
   * @throws FileFormatException if it is no array of numbers, holds nothing, or is damaged
   */
  public NumberArray read(String name, int most) {
    ZipEntry entry = entries.get(name);
    Location place = where.entry(entry.getName());
    NpzFile.checkSize(entry, place);
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream raw = zip.getInputStream(entry);
        CheckedInputStream in = new CheckedInputStream(raw, new CRC32())) {
      NumberArray array = NumberArray.read(in, entry.getSize(), most, place);
      boolean whole = array.rows() == array.rowsInFile();
      if (whole && (in.read() >= 0 || in.getChecksum().getValue() != entry.getCrc())) {
        throw place.error("CRC", "another checksum", "the archive's", Location.COPY_AGAIN);
      }
      return array;
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }
}
