// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.fabriq.overlay.OverlayTensor.ceil;

/**
 * How a convolution lies on words and quarters.
 *
 * @param layer the convolution
 * @param windows how its windows lie on words
 * @param folds the pixels that the quarters compute at once: 1, 2 or 4
 * @param narrow whether only the first quarter counts, for tiles of 16 outputs; what the others
 *     write is written anew by the next tile
 */
record ConvolutionForm(OverlayLayer layer, WindowWords windows, int folds, boolean narrow) {

  /** The form without packing and pairs. */
  static ConvolutionForm plain(OverlayLayer layer, OverlayTensor in, OverlayTensor out) {
    return new ConvolutionForm(layer, plain(layer, in, false), folds(layer, out), false);
  }

  /** The form in which a first layer takes packed words. */
  static ConvolutionForm packed(
      OverlayLayer layer, OverlayTensor in, OverlayTensor out, int pixels, int rows, boolean pair) {
    WindowWords windows = new WindowWords(layer.window(), in, pixels, rows, true, pair);
    int folds = pair ? OverlayTarget.QUARTERS : folds(layer, out);
    return new ConvolutionForm(layer, windows, folds, false);
  }

  /** Plain, in pairs of pixels. */
  static ConvolutionForm paired(OverlayLayer layer, OverlayTensor in) {
    return new ConvolutionForm(layer, plain(layer, in, true), OverlayTarget.QUARTERS, false);
  }

  /** Plain, in the first quarter. */
  static ConvolutionForm narrow(OverlayLayer layer, OverlayTensor in) {
    return new ConvolutionForm(layer, plain(layer, in, false), 1, true);
  }

  private static WindowWords plain(OverlayLayer layer, OverlayTensor in, boolean pair) {
    return WindowWords.plain(layer.window(), in, pair);
  }

  private static int folds(OverlayLayer layer, OverlayTensor out) {
    int outputs = layer.columns().outputs();
    if (out.pixels() == 1 || layer.window().strideWidth() > 2 || outputs > 32) {
      return 1;
    }
    boolean single = out.width() == 1 && !layer.isPointwise();
    return single ? 1 : outputs > 16 ? 2 : OverlayTarget.QUARTERS;
  }

  /** What it takes, as words: a channel block for each word of a pixel. */
  OverlayTensor words() {
    return windows.words();
  }

  /** Whether words are packed. */
  boolean packed() {
    return windows.packed();
  }

  /** Whether quarters give pairs of pixels. */
  boolean pair() {
    return windows.pair();
  }

  /** What tables say of it, as {@code 2x4 pixels, pairs}. */
  String text() {
    String words = packed() ? "%dx%d pixels, ".formatted(windows.rows(), windows.pixels()) : "";
    if (narrow) {
      return "1 quarter";
    }
    return words + (pair() ? "pairs" : folds == 1 ? "1 fold" : folds + " folds");
  }

  /** The tiles for all outputs. */
  int tiles() {
    return ceil(layer.columns().outputs(), tileOutputs());
  }

  /** The entries of weights of a tile. */
  int tileEntries() {
    return words().blocks() * windows.kernelHeight() * windows.kernelWidth();
  }

  /** The output pixels of a row of the array. */
  int rowPixels() {
    return pair() ? 2 * OverlayTarget.QUARTERS : folds;
  }

  /** The outputs of a tile. */
  int tileOutputs() {
    if (narrow) {
      return OverlayTarget.QUARTER_COLUMNS;
    }
    return pair() ? OverlayTarget.LANES : OverlayTarget.COLUMNS / folds;
  }

  /** Whether the kernel can address such words. */
  boolean possible() {
    return windows.possible()
        && (folds == 1 || windows.foldStride() <= 2)
        && (!pair() || layer.columns().outputs() <= OverlayTarget.LANES);
  }

  /** The weight that a lane multiplies by for an output, or for the pixel of a pair. */
  byte code(int output, int half, int row, int tap, int block, int lane) {
    if (!packed()) {
      int column = tap - half * layer.window().strideWidth();
      return layer.columns().code(output, row, column, OverlayTarget.LANES * block + lane);
    }
    int channels = windows.in().channels();
    int pixel = lane / channels % windows.pixels();
    int imageRow = lane / channels / windows.pixels();
    if (imageRow >= windows.rows()) {
      return 0;
    }
    int column = tap * windows.pixels() + pixel - half * layer.window().strideWidth();
    return layer.columns().code(output, row * windows.rows() + imageRow, column, lane % channels);
  }
}
