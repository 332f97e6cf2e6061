// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

/**
 * The expected squared error of an encoding, for values spread evenly over an interval; exact up to
 * double rounding, for any interval and any number of codes.
 *
 * <p>With u = x / S and the codes c = q - Z, least to greatest: between least - 1/2 and greatest +
 * 1/2 the error is u - halfEven(u), beyond it is u minus the last code (clipping). The integral of
 * (u - c)^2 over [a, b] is (b - a) (p^2 + p q + q^2) / 3 with p = a - c, q = b - c; over the whole
 * cell of a code it is 1/12.
 */
final class QuantizationNoise {
  private final double scale;
  private final double least;
  private final double greatest;
  private final double clippingWeight;

  /** Of the first channel; clipping errors count so many times. */
  QuantizationNoise(Encoding encoding, double clippingWeight) {
    this.scale = encoding.scale(0);
    this.least = encoding.qmin() - encoding.zeroPoint(0);
    this.greatest = encoding.qmax() - encoding.zeroPoint(0);
    this.clippingWeight = clippingWeight;
  }

  /** The mean over [low, high], in squared units of the values. */
  double mean(double low, double high) {
    double a = low / scale;
    double b = high / scale;
    double lower = least - 0.5;
    double upper = greatest + 0.5;
    if (a == b) {
      double error = a - Math.max(least, Math.min(greatest, Math.rint(a)));
      double weight = a < lower || a > upper ? clippingWeight : 1;
      return weight * error * error * scale * scale;
    }
    double clipped =
        square(Math.min(a, lower), Math.min(b, lower), least)
            + square(Math.max(a, upper), Math.max(b, upper), greatest);
    double rounded =
        rounded(
            Math.max(lower, Math.min(a, upper)), //
            Math.max(lower, Math.min(b, upper)));
    return (clippingWeight * clipped + rounded) / (b - a) * scale * scale;
  }

  private double rounded(double a, double b) {
    double first = Math.max(least, Math.min(greatest, Math.rint(a)));
    double last = Math.max(least, Math.min(greatest, Math.rint(b)));
    if (first == last) {
      return square(a, b, first);
    }
    return square(a, first + 0.5, first) + (last - first - 1) / 12 + square(last - 0.5, b, last);
  }

  private static double square(double a, double b, double code) {
    double p = a - code;
    double q = b - code;
    return (b - a) * (p * p + p * q + q * q) / 3;
  }
}
