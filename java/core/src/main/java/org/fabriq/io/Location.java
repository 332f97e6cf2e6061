// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.fabriq.FileFormatException;

/** A file, or an entry of an archive, that errors are to name. */
record Location(String file, String entry) {
  static final String COPY_AGAIN = "the file is damaged or cut short, get it again";

  static Location of(Path file) {
    return new Location(file.toString(), null);
  }

  /**
   * The same, after refusing a path that is there but is no file: to open a FIFO would block.
   *
   * @throws FileFormatException if it is a folder, a FIFO, a socket or a device
   */
  static Location ofFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new FileFormatException(file.toString(), "is a folder", "name a file in it", null);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileFormatException(
          file.toString(),
          "is a FIFO, a socket or a device",
          "copy what it gives to a file and name that",
          null);
    }
    return of(file);
  }

  Location entry(String name) {
    return new Location(file, name);
  }

  FileFormatException error(String field, String found, String expected, String remedy) {
    String place = entry == null ? field : "entry " + entry + ", " + field;
    return new FileFormatException(file, place, found, expected, remedy);
  }

  /** For a failure of reading or decompression. */
  FileFormatException unreadable(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new FileFormatException(
          file, "no such file", "check the path, or create the file", cause);
    }
    String what = entry == null ? "cannot be read: " : "entry " + entry + " cannot be read: ";
    String remedy = cause instanceof FileSystemException ? "check its permissions" : "get it again";
    return new FileFormatException(file, what + IoReason.of(cause), remedy, cause);
  }

  /** For a failure of writing. */
  FileFormatException unwritable(IOException cause) {
    return new FileFormatException(
        file,
        "cannot be written: " + IoReason.of(cause),
        "check that its folder exists and has space",
        cause);
  }
}
