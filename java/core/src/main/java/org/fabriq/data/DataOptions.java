// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Path;
import org.fabriq.InvalidArgumentException;

/**
 * Says what is to be known of data that its files do not say; null is not said.
 *
 * @param labels a file of labels, for data that holds none
 * @param labelColumn of a CSV: a name of its header, a number from 1, or {@code none}
 * @param normalization what {@link Normalization#parse} reads
 * @param layout of arrays of pictures
 */
public record DataOptions(Path labels, String labelColumn, String normalization, AxisOrder layout) {
  /** Says nothing. */
  public static final DataOptions NONE = new DataOptions(null, null, null, null);

  /**
   * Checks what can be checked without data.
   *
   * @throws InvalidArgumentException if the normalization is none, or labels are said twice
   */
  public DataOptions {
    if (normalization != null) {
      Normalization.parse(normalization, Normalization.NONE);
    }
    if (labels != null && labelColumn != null && !labelColumn.equals(CsvData.NO_LABELS)) {
      throw new InvalidArgumentException(
          "labels in column '%s' and in %s; say where they are once"
              .formatted(labelColumn, labels));
    }
  }

  /** Gives the order of the axes; channels first where it is not said. */
  AxisOrder axes() {
    return layout == null ? AxisOrder.NCHW : layout;
  }

  /** Refuses a file of labels, a column of labels or a layout where data has none to be said. */
  void require(String form, boolean takesLabels, boolean takesColumn, boolean takesLayout) {
    refuse(labels != null && !takesLabels, "a file of labels, " + labels, form);
    refuse(labelColumn != null && !takesColumn, "a label column, " + labelColumn, form);
    refuse(layout != null && !takesLayout, "a layout, " + axes(), form);
  }

  private static void refuse(boolean wrong, String what, String form) {
    if (wrong) {
      throw new InvalidArgumentException(
          "%s, does not go with %s; leave it out".formatted(what, form));
    }
  }

  /** Gives samples the normalization that was said. */
  Samples normalized(Samples stored) {
    return normalization == null
        ? stored
        : stored.normalized(Normalization.parse(normalization, stored.normalization()));
  }
}
