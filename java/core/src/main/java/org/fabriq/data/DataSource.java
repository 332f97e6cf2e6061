// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Optional;

/** Reads or draws samples, once or again. */
public interface DataSource {
  /** Is told how far reading or drawing has come, in the thread that reads. */
  @FunctionalInterface
  interface Progress {
    /** Drops what it is told. */
    Progress NONE = (done, all) -> {};

    /** Says that so many samples are done. */
    void done(int done, int all);
  }

  /** The form, and what was taken for what, as {@code CSV with a header, label in 'species'}. */
  String form();

  /** Tells whether samples to calibrate with are others than those to measure with. */
  boolean divided();

  /** Gives the dimensions of a sample, where they are known before one is read. */
  default Optional<int[]> shape() {
    return Optional.empty();
  }

  /**
   * Refuses a part that is not there; reads nothing.
   *
   * @throws org.fabriq.FileFormatException if it is missing
   */
  default void check(Split split) {}

  /**
   * Reads the first samples of a part, or of all where it is not {@link #divided()}.
   *
   * @param most samples, at least 1; there may be fewer
   * @param progress told after each sample; never, where reading is quick
   * @throws org.fabriq.FileFormatException if the part is missing, damaged or of another form
   */
  Samples read(Split split, int most, Progress progress);

  /** Reads all samples of a part. */
  default Samples read(Split split) {
    return read(split, Integer.MAX_VALUE, Progress.NONE);
  }
}
