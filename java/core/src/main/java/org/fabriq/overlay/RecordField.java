// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.InvalidArgumentException;

/**
 * A field of a layer record.
 *
 * @param first its lowest bit
 * @param bits how many it has, 1 to 32; more only where nothing is stored
 */
record RecordField(String name, int first, int bits) {
  /**
   * Checks that a value fits, as a number from 0 on or in two's complement.
   *
   * @throws InvalidArgumentException if it does not
   */
  void check(long value) {
    long least = -(1L << (bits - 1));
    long greatest = (1L << bits) - 1;
    if (value < least || value > greatest) {
      throw new InvalidArgumentException(
          "%s %,d, limit %,d of the layer record; run this layer elsewhere"
              .formatted(name, value, value < 0 ? least : greatest));
    }
  }

  /**
   * Checks that a value fits in two's complement.
   *
   * @throws InvalidArgumentException if it does not
   */
  void checkSigned(long value) {
    long least = -(1L << (bits - 1));
    if (value < least || value > -least - 1) {
      throw new InvalidArgumentException(
          "%s %,d, limit %,d of the layer record; run this layer elsewhere"
              .formatted(name, value, value < 0 ? least : -least - 1));
    }
  }
}
