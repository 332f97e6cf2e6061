// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.SplittableRandom;

/** Random numbers of a test; the seed is printed, and can be set to repeat a failure. */
public final class Seed {
  private Seed() {}

  /** A generator from the system property {@code fabriq.seed}, default 20260101. */
  public static SplittableRandom random(String test) {
    long seed = Long.getLong("fabriq.seed", 20260101);
    System.out.println(test + ": repeat with -Dfabriq.seed=" + seed);
    return new SplittableRandom(seed);
  }
}
