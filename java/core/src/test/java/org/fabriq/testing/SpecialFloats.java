// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.SplittableRandom;

/** The fp32 values at which implementations go wrong. */
public final class SpecialFloats {
  private static final float[] VALUES = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MIN_VALUE,
    -0x1.fffffcp-127f,
    0x1p-63f,
    -0x1.fffffep-64f,
    0x1.000002p-63f,
    0x1.fp-56f,
    0x1.08421p-71f,
  };

  private SpecialFloats() {}

  /** A copy of all of them; some products of two lie at the edge of the normal range. */
  public static float[] all() {
    return VALUES.clone();
  }

  /** One of them. */
  public static float draw(SplittableRandom random) {
    return VALUES[random.nextInt(VALUES.length)];
  }
}
