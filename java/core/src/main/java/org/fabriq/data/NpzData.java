// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Path;
import java.util.Set;
import org.fabriq.FileFormatException;
import org.fabriq.io.NumberArchive;
import org.fabriq.io.NumberArray;

/**
 * Reads samples of an npz: {@code x} with or without {@code y}; or, as Keras packs its data sets,
 * {@code x_test} and {@code x_train} with {@code y_test} and {@code y_train}.
 */
final class NpzData implements DataSource {
  private final Path file;
  private final DataOptions options;
  private final NumberArchive archive;
  private final String form;

  private NpzData(Path file, DataOptions options) {
    this.file = file;
    this.options = options;
    this.archive = NumberArchive.open(file);
    Set<String> names = archive.names();
    if (!names.contains("x") && !names.contains("x_test")) {
      throw new FileFormatException(
          file.toString(),
          "arrays",
          String.join(", ", names),
          "x and y, or x_test, y_test, x_train and y_train",
          "name the samples x and their labels y");
    }
    NumberArray first = archive.read(samples(Split.TEST), 1);
    String y = labels(Split.TEST);
    this.form =
        "npz of %s (%s%s) %s"
            .formatted(
                samples(Split.TEST),
                first.type(),
                NpyData.layout(first, options),
                names.contains(y)
                    ? "with " + y
                    : options.labels() == null ? "without " + y : "with " + options.labels());
    options.require(form, !divided() && !names.contains(y), false, true);
  }

  static NpzData open(Path file, DataOptions options) {
    return new NpzData(file, options);
  }

  @Override
  public String form() {
    return form;
  }

  @Override
  public boolean divided() {
    return !archive.names().contains("x");
  }

  private String samples(Split split) {
    return !divided() ? "x" : split == Split.TEST ? "x_test" : "x_train";
  }

  private String labels(Split split) {
    return samples(split).replace('x', 'y');
  }

  @Override
  public void check(Split split) {
    if (!archive.names().contains(samples(split))) {
      throw new FileFormatException(
          file.toString(),
          "arrays",
          String.join(", ", archive.names()),
          samples(split) + " too, to calibrate with",
          "add it, or name x_test and y_test just x and y");
    }
  }

  @Override
  public Samples read(Split split, int most, Progress progress) {
    check(split);
    NumberArray array = archive.read(samples(split), most);
    Samples samples = NpyData.samples(array, options);
    String y = labels(split);
    if (archive.names().contains(y)) {
      NumberArray answers = archive.read(y, most);
      return LabelArray.label(samples, array.rowsInFile(), file, answers, file + ", entry " + y);
    }
    return options.labels() == null
        ? samples
        : LabelArray.label(samples, array.rowsInFile(), file, options.labels());
  }
}
