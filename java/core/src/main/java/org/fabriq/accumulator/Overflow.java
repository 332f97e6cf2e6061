// SPDX-License-Identifier: Apache-2.0
package org.fabriq.accumulator;

import java.util.Locale;

/** What an accumulator makes of a sum outside its range. */
public enum Overflow {
  /** Its low bits, in two's complement, as registers and C++'s integers of fixed width do. */
  WRAP,
  /** The nearer end of the range. */
  SATURATE;

  /** As in {@code 16,wrap}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
