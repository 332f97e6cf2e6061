// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.ArrayList;
import java.util.List;

/** The order in which a layer gives its words, as the drain of the kernel makes them. */
final class ResultOrder {
  private ResultOrder() {}

  /** A word of 8 channels of an output pixel. */
  record Word(int pixel, int block) {}

  /**
   * A word that a quarter gives, from the first pixel and block of its row of the array.
   *
   * @param pixels to the right
   */
  record Place(int pixels, int block) {}

  /** The quarters of a row of the array that give words. */
  static int quarters(LayerRecord record) {
    if (record.get("kind") == LayerKind.DEPTHWISE.ordinal()) {
      return OverlayTarget.QUARTERS - 1;
    }
    boolean halved =
        record.get("kind") == LayerKind.MAX_POOL.ordinal() && record.get("fold_stride") == 2;
    return halved ? 2 : OverlayTarget.QUARTERS;
  }

  /** Where a quarter's first word belongs. */
  static Place place(LayerRecord record, int quarter) {
    int folds = record.get("folds_log2");
    if (record.get("kind") != LayerKind.CONVOLUTION.ordinal() || folds == 2) {
      return new Place(record.is("pair") ? 2 * quarter : quarter, 0);
    }
    return folds == 1 ? new Place(quarter / 2, 2 * (quarter % 2)) : new Place(0, 2 * quarter);
  }

  /** All words of a layer that goes to the results. */
  static List<Word> of(LayerRecord record) {
    List<Word> words = new ArrayList<>();
    int width = record.get("out_width");
    for (int tile = 0; tile < record.get("tiles"); tile++) {
      int block = tile * record.get("tile_blocks");
      int blocks = record.get("out_blocks") - block;
      for (int y = 0; y < record.get("out_height"); y++) {
        for (int x = 0; x < width; x += record.get("row_pixels")) {
          for (int quarter = 0; quarter < quarters(record); quarter++) {
            Place place = place(record, quarter);
            int pixel = y * width + x + place.pixels();
            boolean[] exist = exist(record, place, width - x, blocks);
            if (exist[0]) {
              words.add(new Word(pixel, block + place.block()));
            }
            if (exist[1]) {
              boolean pair = record.is("pair");
              words.add(new Word(pair ? pixel + 1 : pixel, block + place.block() + (pair ? 0 : 1)));
            }
          }
        }
      }
    }
    return words;
  }

  /**
   * Which of a quarter's two words there are.
   *
   * @param left output pixels from the first of the row of the array on
   * @param blocks channel blocks from the first of the tile on
   */
  static boolean[] exist(LayerRecord record, Place place, int left, int blocks) {
    boolean first = place.pixels() < left && place.block() < blocks;
    boolean second =
        record.is("pair")
            ? place.pixels() + 1 < left
            : record.get("kind") != LayerKind.DEPTHWISE.ordinal()
                && place.pixels() < left
                && place.block() + 1 < blocks;
    return new boolean[] {first, second};
  }
}
