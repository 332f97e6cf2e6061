// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fabriq.FileFormatException;
import org.fabriq.io.IdxFile;

/**
 * A folder with MNIST, or a data set of the same form, in its published files: {@code
 * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte}, {@code
 * t10k-labels-idx1-ubyte}, each plain or with {@code .gz}.
 */
public final class MnistFolder {
  private MnistFolder() {}

  /**
   * Reads one split.
   *
   * @throws FileFormatException if a file is missing or damaged, or the counts differ
   */
  public static LabelledImages read(Path folder, Split split) {
    return read(folder, split, Integer.MAX_VALUE);
  }

  /**
   * Reads the first images of a split, with memory for no more than those.
   *
   * @param most images, at least 1
   * @throws FileFormatException as for all of them, but for damage behind those
   */
  public static LabelledImages read(Path folder, Split split, int most) {
    Path imageFile = find(folder, split.prefix() + "-images-idx3-ubyte");
    Path labelFile = find(folder, split.prefix() + "-labels-idx1-ubyte");
    IdxFile.Images images = IdxFile.readImages(imageFile, most);
    byte[] labels = IdxFile.readLabels(labelFile);
    if (labels.length != images.inFile()) {
      throw new FileFormatException(
          labelFile.toString(),
          "count",
          "%,d labels".formatted(labels.length),
          "%,d as images in %s".formatted(images.inFile(), imageFile),
          "take both files from one data set");
    }
    return new LabelledImages(
        images.pixels(), images.rows(), images.columns(), Arrays.copyOf(labels, images.count()));
  }

  /**
   * Refuses a folder without the two files of a split; reads neither.
   *
   * @throws FileFormatException if one is missing
   */
  public static void check(Path folder, Split split) {
    find(folder, split.prefix() + "-images-idx3-ubyte");
    find(folder, split.prefix() + "-labels-idx1-ubyte");
  }

  private static Path find(Path folder, String name) {
    for (String candidate : new String[] {name, name + ".gz"}) {
      if (Files.exists(folder.resolve(candidate))) {
        return folder.resolve(candidate);
      }
    }
    throw new FileFormatException(
        folder.toString(),
        "folder",
        "neither " + name + " nor " + name + ".gz",
        "one of them",
        "put the IDX files of MNIST there");
  }
}
