// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * One way to write a digit: pen strokes in the notation of {@link GlyphStyles}. Immutable.
 *
 * @param strokes in the order of writing
 */
record Glyph(List<Stroke> strokes) {

  /**
   * The points that the pen passes; arrays of one length, never modified.
   *
   * @param x rightward, 0..100
   * @param y downward, 0..100
   * @param corner whether the pen turns abruptly at the point
   */
  record Stroke(double[] x, double[] y, boolean[] corner) {
    int length() {
      return x.length;
    }

    private static Stroke parse(String text) {
      String[] points = text.strip().split("\\s+");
      double[] x = new double[points.length];
      double[] y = new double[points.length];
      boolean[] corner = new boolean[points.length];
      for (int i = 0; i < points.length; i++) {
        corner[i] = points[i].endsWith("!");
        String[] pair = points[i].replace("!", "").split(",");
        x[i] = Integer.parseInt(pair[0]);
        y[i] = Integer.parseInt(pair[1]);
      }
      return new Stroke(x, y, corner);
    }
  }

  static Glyph parse(String text) {
    return new Glyph(Stream.of(text.split("\\|")).map(Stroke::parse).toList());
  }
}
