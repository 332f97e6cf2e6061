// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;

/**
 * Line segments that approximate the strokes of one digit; the end of a stroke is not joined to the
 * next one. Reused from image to image; not safe for use by several threads.
 *
 * <p>Between two points runs a uniform Catmull-Rom cubic (E. Catmull, R. Rom, "A class of local
 * interpolating splines", 1974). At corners and ends the missing neighbour is the point's
 * reflection.
 */
final class PenPath {
  private static final int SEGMENTS_PER_SPAN = 6;

  double[] x = new double[256];
  double[] y = new double[256];

  /** Whether a segment leads from point i - 1 to point i. */
  boolean[] joined = new boolean[256];

  int length;

  void clear() {
    length = 0;
  }

  /** Appends a stroke through points (px[i], py[i]), 0 <= i < n, n >= 2. */
  void append(double[] px, double[] py, boolean[] corner, int n) {
    add(px[0], py[0], false);
    for (int i = 0; i + 1 < n; i++) {
      boolean free = i == 0 || corner[i];
      boolean last = i + 2 == n || corner[i + 1];
      double x0 = free ? 2 * px[i] - px[i + 1] : px[i - 1];
      double y0 = free ? 2 * py[i] - py[i + 1] : py[i - 1];
      double x3 = last ? 2 * px[i + 1] - px[i] : px[i + 2];
      double y3 = last ? 2 * py[i + 1] - py[i] : py[i + 2];
      for (int s = 1; s <= SEGMENTS_PER_SPAN; s++) {
        double t = (double) s / SEGMENTS_PER_SPAN;
        add(cubic(x0, px[i], px[i + 1], x3, t), cubic(y0, py[i], py[i + 1], y3, t), true);
      }
    }
  }

  private static double cubic(double p0, double p1, double p2, double p3, double t) {
    double a = 3 * (p1 - p2) + p3 - p0;
    double b = 2 * p0 - 5 * p1 + 4 * p2 - p3;
    double c = p2 - p0;
    return p1 + 0.5 * t * (c + t * (b + t * a));
  }

  private void add(double px, double py, boolean join) {
    if (length == x.length) {
      x = Arrays.copyOf(x, 2 * length);
      y = Arrays.copyOf(y, 2 * length);
      joined = Arrays.copyOf(joined, 2 * length);
    }
    x[length] = px;
    y[length] = py;
    joined[length++] = join;
  }
}
