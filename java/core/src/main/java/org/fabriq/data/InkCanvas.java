// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.util.Arrays;

/**
 * Turns a pen path into grey pixels. Not safe for use by several threads.
 *
 * <p>The ink on a pixel is max over the segments of clamp(0.5 + (r - d) / softness, 0, 1), with d
 * the distance of the pixel's centre from the segment and r the pen's radius. Grey is ink * peak
 * plus noise, clamped to 0..255, rounded half-up.
 */
final class InkCanvas {
  private static final double SOFTNESS = 1.3;

  private final int side;
  private final double[] ink;

  InkCanvas(int side) {
    this.side = side;
    ink = new double[side * side];
  }

  /** Writes the side * side pixels from position offset on, row by row, 0 = paper. */
  void draw(PenPath path, SplitMix64 random, byte[] pixels, int offset) {
    Arrays.fill(ink, 0);
    double radius = random.uniform(0.7, 1.7);
    double pressure = random.uniform(-0.3, 0.3);
    for (int i = 1; i < path.length; i++) {
      if (path.joined[i]) {
        double along = (double) i / path.length - 0.5;
        segment(
            path.x[i - 1], path.y[i - 1], path.x[i], path.y[i], radius * (1 + pressure * along));
      }
    }
    double peak = random.uniform(150, 265);
    double noise = random.uniform(0, 14);
    for (int i = 0; i < ink.length; i++) {
      double grey = ink[i] * peak + noise * random.bell() * (0.25 + ink[i]);
      pixels[offset + i] = (byte) Math.floor(Math.max(0, Math.min(255, grey)) + 0.5);
    }
  }

  private void segment(double x0, double y0, double x1, double y1, double radius) {
    double reach = radius + 0.5 * SOFTNESS;
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
    int right = Math.min(side - 1, (int) Math.floor(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
    int bottom = Math.min(side - 1, (int) Math.floor(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squaredLength = Math.max(dx * dx + dy * dy, Double.MIN_NORMAL);
    for (int row = top; row <= bottom; row++) {
      double py = row + 0.5 - y0;
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double t = Math.max(0, Math.min(1, (px * dx + py * dy) / squaredLength));
        double ex = px - t * dx;
        double ey = py - t * dy;
        double distance = Math.sqrt(ex * ex + ey * ey);
        double value = Math.max(0, Math.min(1, 0.5 + (radius - distance) / SOFTNESS));
        int index = row * side + column;
        ink[index] = Math.max(ink[index], value);
      }
    }
  }
}
