// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

/**
 * Draws a glyph as one hand would on one occasion: unsteady points, slant, proportions and a smooth
 * warp, then fitted into the image. Not safe for use by several threads.
 *
 * <p>As in MNIST the digit's longer side spans about 20 of the 28 pixels; unlike there its box, not
 * its centre of mass, is centred, and it is off centre by up to {@value #MAX_OFFSET} pixels.
 */
final class Handwriting {
  static final int MAX_POINTS = 16;
  private static final double FULL_TURN = 2 * StrictMath.PI;

  private static final double MAX_UNSTEADINESS = 7.5;
  private static final double ROTATION = 0.16;
  private static final double SLANT = 0.24;
  private static final double MAX_WARP = 9;
  private static final double NOMINAL_PIXELS = 20;
  private static final double MAX_OFFSET = 1.8;

  private final double[] px = new double[MAX_POINTS];
  private final double[] py = new double[MAX_POINTS];

  /** Fills the path with the glyph in pixel units of an image of the given side. */
  void write(Glyph glyph, SplitMix64 random, int side, PenPath path) {
    double unsteadiness = random.uniform(1, MAX_UNSTEADINESS);
    path.clear();
    for (Glyph.Stroke stroke : glyph.strokes()) {
      for (int i = 0; i < stroke.length(); i++) {
        px[i] = stroke.x()[i] + unsteadiness * random.bell();
        py[i] = stroke.y()[i] + unsteadiness * random.bell();
      }
      path.append(px, py, stroke.corner(), stroke.length());
    }
    warp(path, random);
    slant(path, random);
    fit(path, random, side);
  }

  private static void warp(PenPath path, SplitMix64 random) {
    double amplitudeX = random.uniform(0, MAX_WARP);
    double amplitudeY = random.uniform(0, MAX_WARP);
    double frequencyX = random.uniform(0.5, 1.2) * FULL_TURN / 100;
    double frequencyY = random.uniform(0.5, 1.2) * FULL_TURN / 100;
    double phaseX = random.uniform(0, FULL_TURN);
    double phaseY = random.uniform(0, FULL_TURN);
    for (int i = 0; i < path.length; i++) {
      double x = path.x[i];
      double y = path.y[i];
      path.x[i] = x + amplitudeX * StrictMath.sin(frequencyX * y + phaseX);
      path.y[i] = y + amplitudeY * StrictMath.sin(frequencyY * x + phaseY);
    }
  }

  private static void slant(PenPath path, SplitMix64 random) {
    double angle = ROTATION * random.bell();
    double shear = SLANT * random.bell();
    double width = random.uniform(0.6, 1.15);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (int i = 0; i < path.length; i++) {
      double x = width * path.x[i] - shear * path.y[i];
      double y = path.y[i];
      path.x[i] = cos * x - sin * y;
      path.y[i] = sin * x + cos * y;
    }
  }

  private static void fit(PenPath path, SplitMix64 random, int side) {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < path.length; i++) {
      left = Math.min(left, path.x[i]);
      right = Math.max(right, path.x[i]);
      top = Math.min(top, path.y[i]);
      bottom = Math.max(bottom, path.y[i]);
    }
    double pixels = NOMINAL_PIXELS * random.uniform(0.8, 1.05);
    double scale = pixels / Math.max(right - left, bottom - top);
    double x0 = 0.5 * side + random.uniform(-MAX_OFFSET, MAX_OFFSET) - 0.5 * scale * (left + right);
    double y0 = 0.5 * side + random.uniform(-MAX_OFFSET, MAX_OFFSET) - 0.5 * scale * (top + bottom);
    for (int i = 0; i < path.length; i++) {
      path.x[i] = x0 + scale * path.x[i];
      path.y[i] = y0 + scale * path.y[i];
    }
  }
}
