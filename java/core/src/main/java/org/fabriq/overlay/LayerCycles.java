// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.fabriq.overlay.OverlayTensor.ceil;

/**
 * The cycles of a layer, by formula: beats one behind the other, rows of the array so far apart
 * that their results can leave it, results so many that their stream can take them, and the waiting
 * for words of the image.
 */
final class LayerCycles {
  /** Cycles from the last beat of a layer to the first of the next. */
  static final int CHANGE = 33;

  /** Cycles from the last beat of a program to its last result. */
  static final int END = 24;

  /** Cycles until the first word of the first image. */
  static final int START = 30;

  private final int beatCycles;

  /** For an array of this target's lanes. */
  LayerCycles(OverlayTarget target) {
    this.beatCycles = target.beatCycles();
  }

  /** The rows of the array. */
  static int rows(LayerRecord record) {
    return record.get("tiles")
        * record.get("out_height")
        * ceil(record.get("out_width"), record.get("row_pixels"));
  }

  /** The beats of a row of the array. */
  static int rowBeats(LayerRecord record) {
    int blocks = isConvolution(record) ? record.get("in_blocks") : 1;
    return record.get("kernel_width") * record.get("kernel_height") * blocks;
  }

  private static boolean isConvolution(LayerRecord record) {
    return record.get("kind") == LayerKind.CONVOLUTION.ordinal();
  }

  /** Cycles from a row of the array to the next. */
  private int rowCycles(LayerRecord record) {
    int beats = rowBeats(record) * (isConvolution(record) ? beatCycles : 1);
    return Math.max(beats, spacing(record));
  }

  /** Cycles from the first to behind the last beat, with everything there that is needed. */
  int busy(LayerRecord record, int resultWords) {
    int cycles = (int) own(record);
    return record.is("to_results") ? Math.max(cycles, resultWords) : cycles;
  }

  /** Cycles that the array takes, with everything there and all results taken at once. */
  long own(LayerRecord record) {
    return (long) rows(record) * rowCycles(record);
  }

  private static int spacing(LayerRecord record) {
    if (record.is("add")) {
      return 16;
    }
    return record.get("kind") == LayerKind.DEPTHWISE.ordinal() ? 3 : 4;
  }

  /**
   * Cycles of the first layer, whose image comes a word per cycle.
   *
   * @param there the words that are there when it starts; below 0 if none come for some cycles
   * @param words of the image
   */
  int waiting(LayerRecord record, int there, int words) {
    int gap = rowCycles(record);
    int rowLength = ceil(record.get("out_width"), record.get("row_pixels"));
    int blocks = record.is("need_per_block") ? record.get("in_blocks") - 1 : 0;
    int time = 0;
    for (int row = 0; row < rows(record); row++) {
      int y = row / rowLength % record.get("out_height");
      int need =
          record.get("need_start")
              + y * record.get("need_y")
              + row % rowLength * record.get("need_x")
              + blocks;
      int last = Math.min(need, words) - there + 1;
      time = Math.max(time + gap, last + (blocks > 0 ? 0 : gap));
    }
    return time;
  }
}
