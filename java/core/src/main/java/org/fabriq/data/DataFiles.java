// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.FileStart;
import org.fabriq.io.IoReason;
import org.fabriq.io.PythonFile;

/** Opens data of any form that FabriQ knows; the content tells the form, not the name. */
public final class DataFiles {
  /** Names the forms, for errors and help. */
  public static final String FORMS =
      "a folder of IDX files (NAME-images-idx3-ubyte with NAME-labels-idx1-ubyte, plain or .gz), a"
          + " folder of class folders of PNG or JPEG pictures, one IDX file, .npy, .npz or CSV";

  private DataFiles() {}

  /** Opens data of which nothing needs to be said. */
  public static DataSource open(Path path) {
    return open(path, DataOptions.NONE);
  }

  /**
   * Opens data.
   *
   * @param path a file, a folder, or FOLDER/PREFIX of the IDX files of one data set among several
   * @throws FileFormatException if it is missing or of no known form
   * @throws InvalidArgumentException if an option does not go with its form
   */
  public static DataSource open(Path path, DataOptions options) {
    DataSource stored = Files.isDirectory(path) ? folder(path, options) : file(path, options);
    return new Normalized(stored, options);
  }

  private static DataSource folder(Path path, DataOptions options) {
    return IdxFolder.find(path, "")
        .map(folder -> (DataSource) checked(folder, options))
        .orElseGet(() -> PictureFolder.open(path, options));
  }

  private static IdxFolder checked(IdxFolder folder, DataOptions options) {
    options.require(folder.form(), false, false, false);
    return folder;
  }

  private static DataSource file(Path path, DataOptions options) {
    if (!Files.exists(path)) {
      return IdxFolder.find(path.toAbsolutePath().getParent(), path.getFileName().toString())
          .map(folder -> checked(folder, options))
          .orElseThrow(() -> missing(path));
    }
    if (!Files.isRegularFile(path)) {
      throw new FileFormatException(
          path.toString(),
          "is a FIFO, a socket or a device",
          "copy what it gives to a file and name that",
          null);
    }
    byte[] start = start(path);
    String magic = new String(start, ISO_8859_1);
    if (magic.startsWith("\u0093NUMPY")) {
      return NpyData.open(path, options);
    } else if (magic.startsWith("PK")) {
      return NpzData.open(path, options);
    } else if (magic.startsWith("\0\0") || magic.startsWith("\u001f\u008b")) {
      return IdxImages.open(path, options);
    }
    PythonFile.requireNone(path);
    if (magic.isEmpty() || magic.indexOf('\0') >= 0 || isPicture(magic)) {
      throw new FileFormatException(
          path.toString(), "form", FileStart.of(start), FORMS, "name such data");
    }
    return CsvData.open(path, options);
  }

  private static boolean isPicture(String magic) {
    return magic.startsWith("\u0089PNG") || magic.startsWith("\u00ff\u00d8\u00ff");
  }

  private static FileFormatException missing(Path path) {
    return new FileFormatException(
        path.toString(), "no such file or folder", "name data that is there: " + FORMS, null);
  }

  private static byte[] start(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(FileStart.BYTES);
    } catch (IOException e) {
      throw new FileFormatException(
          path.toString(), "cannot be read: " + IoReason.of(e), "check its permissions", e);
    }
  }

  /** Normalizes the samples of another source as the options say. */
  private record Normalized(DataSource stored, DataOptions options) implements DataSource {
    @Override
    public String form() {
      return stored.form();
    }

    @Override
    public boolean divided() {
      return stored.divided();
    }

    @Override
    public void check(Split split) {
      stored.check(split);
    }

    @Override
    public Samples read(Split split, int most, Progress progress) {
      return options.normalized(stored.read(split, most, progress));
    }
  }
}
