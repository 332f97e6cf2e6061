// SPDX-License-Identifier: Apache-2.0
package org.fabriq.report;

import java.util.OptionalDouble;
import org.fabriq.measure.Noise;

/**
 * One figure of the lab beside ours.
 *
 * @param kernel f32f32, f32i8 or i8i8
 * @param wordLength bits of the weights, 0 where the row is not about one
 * @param what the figure's name, with its unit
 * @param lab the lab's
 * @param own ours, empty where it was not measured
 * @param digits to print after the point
 * @param source where ours comes from, or why there is none
 * @param noise why ours is not to be trusted, if it is a time that is not
 */
public record LabRow(
    String kernel,
    int wordLength,
    String what,
    double lab,
    OptionalDouble own,
    int digits,
    String source,
    Noise noise) {
  /** Ours / the lab's. */
  public OptionalDouble ratio() {
    return own.isPresent() ? OptionalDouble.of(own.getAsDouble() / lab) : own;
  }

  /** The lab's figure, for people. */
  public String labText() {
    return text(lab);
  }

  /** Our figure, for people, marked where it is noisy; a hyphen where there is none. */
  public String ownText() {
    return own.isPresent() ? text(own.getAsDouble()) + noise.mark() : "-";
  }

  /** The ratio, for people: 1.250, or 1/80 below 0.1; marked where ours is noisy. */
  public String ratioText() {
    if (own.isEmpty()) {
      return "-";
    }
    double ratio = own.getAsDouble() / lab;
    String text =
        ratio > 0 && ratio < 0.1 ? "1/%,.0f".formatted(1 / ratio) : "%,.3f".formatted(ratio);
    return text + noise.mark();
  }

  /** Where ours comes from, for people, and what was wrong where it is noisy. */
  public String sourceText() {
    return noise.quiet() ? source : source + "; " + noise.cause();
  }

  private String text(double value) {
    return ("%,." + digits + "f").formatted(value);
  }
}
