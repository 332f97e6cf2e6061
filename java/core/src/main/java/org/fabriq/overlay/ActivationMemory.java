// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.SplittableRandom;

/**
 * The activation memory: 8 banks of words of 8 codes. Word (block c, pixel p) lies in bank (p + c)
 * mod 8, line base + c * pitch + p / 8.
 */
final class ActivationMemory {
  private static final int BANKS = OverlayTarget.BANKS;

  private final long[][] banks;

  /**
   * @param seed of what it holds at first
   */
  ActivationMemory(int lines, long seed) {
    banks = new long[BANKS][];
    SplittableRandom random = new SplittableRandom(seed);
    for (int bank = 0; bank < BANKS; bank++) {
      banks[bank] = random.longs(lines).toArray();
    }
  }

  /** The word in a bank; lines count modulo their number. */
  long get(int bank, int line) {
    return banks[Math.floorMod(bank, BANKS)][Math.floorMod(line, banks[0].length)];
  }

  void set(int bank, int line, long word) {
    banks[Math.floorMod(bank, BANKS)][Math.floorMod(line, banks[0].length)] = word;
  }

  /**
   * Reads 8 neighbouring pixels of a channel block.
   *
   * @param plane the first line of the block
   * @param first the first pixel, which may be outside the image
   */
  void read(int plane, int first, int block, long[] pixels) {
    for (int k = 0; k < BANKS; k++) {
      int line = plane + (first >> 3) + ((first & 7) + k >> 3);
      pixels[k] = get(first + block + k, line);
    }
  }
}
