// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

/** How an {@link IntegerAdd} weighs and rounds its two codes. */
public sealed interface AddRounding permits AddScaling, TfliteAddScaling {
  /**
   * The weighted sum in steps of the output.
   *
   * @param a a code less its zero point, -255 to 255; b alike
   */
  long apply(int a, int b);
}
