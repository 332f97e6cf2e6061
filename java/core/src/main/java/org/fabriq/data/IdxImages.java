// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Path;
import org.fabriq.io.IdxFile;

/** Reads images of one IDX file, with labels of another where they are named. */
record IdxImages(Path file, String form, Path labels) implements DataSource {
  static IdxImages open(Path file, DataOptions options) {
    IdxFile.readImages(file, 1);
    String with = options.labels() == null ? "" : " with labels of " + options.labels();
    IdxImages images = new IdxImages(file, "IDX images" + with, options.labels());
    options.require(images.form(), true, false, false);
    return images;
  }

  @Override
  public boolean divided() {
    return false;
  }

  @Override
  public Samples read(Split split, int most, Progress progress) {
    return read(file, labels, most);
  }

  /** Reads images with the labels of another file, or of none where it is null. */
  static Samples read(Path file, Path labels, int most) {
    IdxFile.Images images = IdxFile.readImages(file, most);
    Samples samples = Samples.ofPixels(images.pixels(), images.rows(), images.columns());
    return labels == null ? samples : LabelArray.label(samples, images.inFile(), file, labels);
  }
}
