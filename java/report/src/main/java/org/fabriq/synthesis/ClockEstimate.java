// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.OptionalDouble;

/**
 * The clock a design was made for, and the one the tool believes it reaches; periods in
 * nanoseconds.
 *
 * @param target the period asked for
 * @param estimated the least period: an estimate before routing, afterwards the target less the
 *     worst slack
 */
public record ClockEstimate(OptionalDouble target, OptionalDouble estimated) {
  /** Nothing told. */
  public static final ClockEstimate UNKNOWN =
      new ClockEstimate(OptionalDouble.empty(), OptionalDouble.empty());

  /** Whether nothing was told. */
  public boolean isUnknown() {
    return target.isEmpty() && estimated.isEmpty();
  }
}
