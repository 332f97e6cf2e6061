// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Path;
import java.util.Arrays;
import org.fabriq.FileFormatException;
import org.fabriq.io.IdxFile;
import org.fabriq.io.NumberArray;

/**
 * Gives samples the array that belongs to them. Its type decides what it is: one whole number per
 * sample is a class; numbers with fractions, or several per sample, are values that a network
 * should give.
 */
final class LabelArray {
  private LabelArray() {}

  /**
   * Reads a file of labels, npy or IDX, and gives them to samples.
   *
   * @param samplesInFile how many there are, of which {@code samples} are the first
   * @param data where the samples are
   */
  static Samples label(Samples samples, int samplesInFile, Path data, Path file) {
    if (IdxFile.isIdx(file)) {
      byte[] bytes = IdxFile.readLabels(file);
      requireCount(bytes.length, samplesInFile, data, file.toString());
      return samples.withLabels(classes(Arrays.copyOf(bytes, samples.count())));
    }
    NumberArray array = NumberArray.read(file, samples.count());
    return label(samples, samplesInFile, data, array, file.toString());
  }

  /** Gives an array to samples; {@code place} is what errors call it. */
  static Samples label(
      Samples samples, int samplesInFile, Path data, NumberArray array, String place) {
    requireCount(array.rowsInFile(), samplesInFile, data, place);
    int each = Arrays.stream(array.shape()).skip(1).reduce(1, (a, b) -> a * b);
    return array.isWhole() && each == 1
        ? samples.withLabels(array.classes())
        : samples.withTargets(array.floats().reshape(array.rows(), each));
  }

  /** Gives bytes as classes. */
  static int[] classes(byte[] bytes) {
    int[] classes = new int[bytes.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = bytes[i] & 0xff;
    }
    return classes;
  }

  static void requireCount(int labels, int samples, Path data, String place) {
    if (labels != samples) {
      throw new FileFormatException(
          place,
          "count",
          "%,d labels".formatted(labels),
          "%,d as samples in %s".formatted(samples, data),
          "take both from one data set");
    }
  }
}
