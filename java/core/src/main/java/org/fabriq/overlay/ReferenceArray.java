// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Arrays;

/** The sums of a row of the array, or the greatest codes, over its beats. */
final class ReferenceArray {
  private static final int LANES = OverlayTarget.LANES;
  private static final int TAPS = 3;

  private final int[] sums = new int[OverlayTarget.COLUMNS];
  private final byte[] greatest = new byte[OverlayTarget.BANKS * LANES];

  void clear() {
    Arrays.fill(sums, 0);
    Arrays.fill(greatest, Byte.MIN_VALUE);
  }

  int sum(int column) {
    return sums[column];
  }

  /** The greatest code of a channel at a pixel. */
  byte greatest(int pixel, int channel) {
    return greatest[pixel * LANES + channel];
  }

  static byte code(long word, int lane) {
    return (byte) (word >> 8 * lane);
  }

  /**
   * Each quarter takes the word of a pixel, and all its columns see that.
   *
   * @param first the entry of the first quarter; others that of the others
   */
  void convolve(long[] pixels, byte[] first, byte[] others, int folds, boolean two) {
    for (int quarter = 0; quarter < OverlayTarget.QUARTERS; quarter++) {
      int fold = folds == 2 ? quarter : folds == 1 ? quarter / 2 : 0;
      long word = pixels[two ? 2 * fold : fold];
      byte[] entry = quarter == 0 ? first : others;
      for (int c = 0; c < OverlayTarget.QUARTER_COLUMNS; c++) {
        int column = quarter * OverlayTarget.QUARTER_COLUMNS + c;
        for (int lane = 0; lane < LANES; lane++) {
          sums[column] += code(word, lane) * entry[ProgramStores.weightByte(lane, column)];
        }
      }
    }
  }

  /** Columns 2k and 2k + 1 of a quarter see channel k of three pixels each. */
  void depthwise(long[] pixels, byte[] taps) {
    for (int quarter = 0; quarter < OverlayTarget.QUARTERS - 1; quarter++) {
      for (int c = 0; c < OverlayTarget.QUARTER_COLUMNS; c++) {
        int channel = c / 2;
        for (int tap = 0; tap < TAPS; tap++) {
          int pixel = 2 * quarter + c % 2 + tap;
          sums[quarter * OverlayTarget.QUARTER_COLUMNS + c] +=
              code(pixels[pixel], channel) * taps[LANES * channel + tap];
        }
      }
    }
  }

  void pool(long[] pixels) {
    for (int i = 0; i < greatest.length; i++) {
      greatest[i] = (byte) Math.max(greatest[i], code(pixels[i / LANES], i % LANES));
    }
  }
}
