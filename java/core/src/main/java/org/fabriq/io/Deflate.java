// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

/** What compressed data can hold at most. */
final class Deflate {
  /** Deflate codes at most 258 bytes in 2 bits: a factor of 1032. */
  private static final long MAX_RATIO = 1032;

  private Deflate() {}

  /** Whether so many compressed bytes can expand to so many. */
  static boolean canHold(long compressed, long expanded) {
    return expanded / MAX_RATIO <= compressed;
  }
}
