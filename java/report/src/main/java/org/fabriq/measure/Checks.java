// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import org.fabriq.InvalidArgumentException;

/** Refuses figures that no machine has. */
final class Checks {
  private Checks() {}

  static void above0(String what, double value) {
    require(what, value, value > 0, "above 0");
  }

  static void from0(String what, double value) {
    require(what, value, value >= 0, "0 or above");
  }

  private static void require(String what, double value, boolean right, String expected) {
    if (!right || Double.isInfinite(value)) {
      throw new InvalidArgumentException(
          "%s is %s; it must be %s and finite".formatted(what, value, expected));
    }
  }
}
