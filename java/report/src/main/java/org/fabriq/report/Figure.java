// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A chart that can be drawn at several sizes.
 *
 * @param name the file's name without ending
 * @param title a heading
 * @param caption what it shows, in a sentence or two
 * @param drawing makes the chart at a size
 */
record Figure(String name, String title, String caption, Function<Size, Chart<?, ?>> drawing) {
  /** Width and height in pixels. */
  enum Size {
    /** For desktops, paper and files. */
    WIDE(900, 400),
    /** For phones. */
    NARROW(380, 480);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }

    int width() {
      return width;
    }

    int height() {
      return height;
    }
  }
}
