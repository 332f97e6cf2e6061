// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.function.LongConsumer;

/** Runs one record: the walk over tiles, output rows and rows of the array, beat by beat. */
final class ReferenceLayer {
  private final ProgramImage image;
  private final LayerRecord record;
  private final ActivationMemory memory;
  private final ReferenceDrain drain;
  private final ReferenceArray array = new ReferenceArray();
  private final long[] pixels = new long[OverlayTarget.BANKS];
  private final boolean channelwise;
  private final int depth;

  /**
   * @param depth the entries of weights that all quarters hold
   */
  ReferenceLayer(
      ProgramImage image,
      LayerRecord record,
      ActivationMemory memory,
      int depth,
      LongConsumer results) {
    this.depth = depth;
    this.image = image;
    this.record = record;
    this.memory = memory;
    this.drain = new ReferenceDrain(image, record, memory, results);
    this.channelwise = record.get("kind") != LayerKind.CONVOLUTION.ordinal();
  }

  /**
   * @param index of the image that the program runs for
   */
  void run(ReferenceLoader loader, int index) {
    int width = record.get("out_width");
    for (int tile = 0; tile < record.get("tiles"); tile++) {
      for (int y = 0; y < record.get("out_height"); y++) {
        for (int x = 0; x * record.get("row_pixels") < width; x++) {
          array.clear();
          row(loader, index, tile, y, x);
          int first = x * record.get("row_pixels");
          drain.row(array, tile, y * width + first, width - first);
        }
      }
    }
  }

  private void row(ReferenceLoader loader, int index, int tile, int y, int x) {
    int need = record.get("need_start") + y * record.get("need_y") + x * record.get("need_x");
    int beat = 0;
    for (int c = 0; c < (channelwise ? 1 : record.get("in_blocks")); c++) {
      if (record.is("input_first")) {
        loader.require(index, need + (record.is("need_per_block") ? c : 0));
      }
      for (int i = 0; i < record.get("kernel_height"); i++) {
        for (int j = 0; j < record.get("kernel_width"); j++) {
          read(index, channelwise ? tile : c, y, x, i, j);
          int entry = record.get("weight_entry") + tile * record.get("weight_step") + beat++;
          beat(entry);
        }
      }
    }
  }

  private void read(int index, int block, int y, int x, int i, int j) {
    int width = record.get("in_width");
    int row = record.signed("row_start") + y * record.get("row_step") + i * width;
    int column = record.signed("x_start") + x * record.get("x_step") + j * record.get("tap_step");
    int base = record.is("input_first") ? image.place().base(index) : record.get("in_base");
    memory.read(base + block * record.get("in_pitch"), row + column, block, pixels);
    int line = record.signed("y_start") + y * record.get("y_stride") + i;
    boolean inside = line >= 0 && line < record.get("in_height");
    for (int k = 0; k < pixels.length; k++) {
      if (!inside || column + k < 0 || column + k >= width) {
        pixels[k] = (record.get("zero_in") & 255) * 0x0101010101010101L;
      }
    }
  }

  private void beat(int entry) {
    if (record.get("kind") == LayerKind.MAX_POOL.ordinal()) {
      array.pool(pixels);
    } else if (channelwise) {
      array.depthwise(pixels, image.taps().get(entry));
    } else {
      boolean two = record.get("fold_stride") == 2;
      // Behind what all quarters hold only the first one is told so; the others count from 0 again.
      byte[] others = image.weights().get(entry % depth);
      array.convolve(pixels, image.weights().get(entry), others, record.get("folds_log2"), two);
    }
  }
}
