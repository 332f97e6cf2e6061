// SPDX-License-Identifier: Apache-2.0
package org.fabriq.synthesis;

import java.util.OptionalLong;

/**
 * Clock cycles of one call; a bound the tool could not find is empty.
 *
 * @param latencyMin least cycles from start to end
 * @param latencyMax most cycles from start to end
 * @param intervalMin least cycles until the next call can start
 * @param intervalMax most cycles until the next call can start
 */
public record CycleEstimate(
    OptionalLong latencyMin,
    OptionalLong latencyMax,
    OptionalLong intervalMin,
    OptionalLong intervalMax) {
  /** Nothing told. */
  public static final CycleEstimate UNKNOWN =
      new CycleEstimate(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** Whether nothing was told. */
  public boolean isUnknown() {
    return equals(UNKNOWN);
  }
}
