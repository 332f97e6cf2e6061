// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Path;
import java.util.Arrays;
import org.fabriq.io.NumberArray;

/** Reads samples of one npy file, with labels of another where they are named. */
record NpyData(Path file, String form, DataOptions options) implements DataSource {
  static NpyData open(Path file, DataOptions options) {
    NumberArray first = NumberArray.read(file, 1);
    String labels = options.labels() == null ? "" : " with labels of " + options.labels();
    String form = "npy of %s%s%s".formatted(first.type(), layout(first, options), labels);
    options.require(form, true, false, true);
    return new NpyData(file, form, options);
  }

  /** Says how the axes of pictures with channels are taken; nothing of other samples. */
  static String layout(NumberArray array, DataOptions options) {
    return array.shape().length == 4 ? " as " + options.axes() : "";
  }

  /** Takes samples of an array: bytes as pixels, other numbers as they are. */
  static Samples samples(NumberArray array, DataOptions options) {
    int[] shape = options.axes().channelsFirst(array.shape());
    if (!array.isBytes()) {
      return Samples.of(options.axes().channelsFirst(array.floats()));
    }
    byte[] pixels = options.axes().channelsFirst(array.bytes(), array.shape());
    int[] sample = shape.length == 1 ? new int[] {1} : Arrays.copyOfRange(shape, 1, shape.length);
    return Samples.ofPixels(pixels, sample);
  }

  @Override
  public boolean divided() {
    return false;
  }

  @Override
  public Samples read(Split split, int most, Progress progress) {
    NumberArray array = NumberArray.read(file, most);
    Samples samples = samples(array, options);
    return options.labels() == null
        ? samples
        : LabelArray.label(samples, array.rowsInFile(), file, options.labels());
  }
}
