// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.fabriq.overlay.OverlayTensor.ceil;

import org.fabriq.model.Window;

/**
 * How a convolution lies on words and quarters. Plain, a word is 8 channels of a pixel. Images of
 * few channels are packed by the host: a word is {@code rows} x {@code pixels} neighbouring pixels,
 * and lane (r * pixels + t) * channels + c is channel c of the pixel in row r, column t. In pairs,
 * the two words that a quarter gives are neighbouring output pixels, not channel blocks.
 *
 * @param layer the convolution
 * @param in what it takes, before packing
 * @param pixels of a word in a row; 1 if it is not packed
 * @param rows of a word; 1 if it is not packed
 * @param packed whether words are packed
 * @param pair whether quarters give pairs of pixels
 * @param folds the pixels that the quarters compute at once: 1, 2 or 4
 * @param narrow whether only the first quarter counts, for tiles of 16 outputs; what the others
 *     write is written anew by the next tile
 */
record ConvolutionForm(
    OverlayLayer layer,
    OverlayTensor in,
    int pixels,
    int rows,
    boolean packed,
    boolean pair,
    int folds,
    boolean narrow) {

  /** The form without packing and pairs. */
  static ConvolutionForm plain(OverlayLayer layer, OverlayTensor in, OverlayTensor out) {
    return new ConvolutionForm(layer, in, 1, 1, false, false, folds(layer, out), false);
  }

  /** The form in which a first layer takes packed words. */
  static ConvolutionForm packed(
      OverlayLayer layer, OverlayTensor in, OverlayTensor out, int pixels, int rows, boolean pair) {
    int folds = pair ? OverlayTarget.QUARTERS : folds(layer, out);
    return new ConvolutionForm(layer, in, pixels, rows, true, pair, folds, false);
  }

  /** Plain, in pairs of pixels. */
  static ConvolutionForm paired(OverlayLayer layer, OverlayTensor in) {
    return new ConvolutionForm(layer, in, 1, 1, false, true, OverlayTarget.QUARTERS, false);
  }

  /** Plain, in the first quarter. */
  static ConvolutionForm narrow(OverlayLayer layer, OverlayTensor in) {
    return new ConvolutionForm(layer, in, 1, 1, false, false, 1, true);
  }

  private static int folds(OverlayLayer layer, OverlayTensor out) {
    int outputs = layer.columns().outputs();
    if (out.pixels() == 1 || layer.window().strideWidth() > 2 || outputs > 32) {
      return 1;
    }
    boolean single = out.width() == 1 && !layer.isPointwise();
    return single ? 1 : outputs > 16 ? 2 : OverlayTarget.QUARTERS;
  }

  private Window window() {
    return layer.window();
  }

  /** The pixels from the window of one quarter's output, or pair of them, to the next. */
  private int quarterPixels() {
    return window().strideWidth() * (pair ? 2 : 1);
  }

  /** The pixels that the windows of a quarter reach over. */
  private int reach() {
    return window().kernelWidth() + (pair ? window().strideWidth() : 0);
  }

  /** The words of a window row. */
  int kernelWidth() {
    return ceil(reach(), pixels);
  }

  /** The rows of words of a window. */
  int kernelHeight() {
    return ceil(window().kernelHeight(), rows);
  }

  /** The pixels from one word to the next. */
  int pixelStep() {
    if (!packed) {
      return 1;
    }
    return kernelWidth() == 1 ? quarterPixels() : gcd(pixels, quarterPixels());
  }

  /** The image rows from one row of words to the next. */
  int rowStep() {
    return packed && kernelHeight() == 1 ? window().strideHeight() : rows;
  }

  /** The pixels of padding to the left of the first word. */
  int leftPixels() {
    boolean overlap = packed && (pixels > pixelStep() || kernelWidth() == 1);
    return overlap ? window().left() : window().left() % pixelStep();
  }

  /** The rows of padding above the first row of words. */
  int topRows() {
    boolean overlap = packed && kernelHeight() == 1;
    return overlap ? window().top() : window().top() % rowStep();
  }

  /** The first word of the first window, from the first one there is; 0 or less. */
  int xStart() {
    return -(window().left() - leftPixels()) / pixelStep();
  }

  /** The first row of words of the first window; 0 or less. */
  int yStart() {
    return -(window().top() - topRows()) / rowStep();
  }

  /** The words from one tap to the next. */
  int tapStep() {
    return pixels / pixelStep();
  }

  /** The words from the window of one fold to that of the next. */
  int foldStride() {
    return quarterPixels() / pixelStep();
  }

  /** The rows of words from one output row to the next. */
  int yStride() {
    return window().strideHeight() / rowStep();
  }

  /** What it takes, as words: a channel block for each word of a pixel. */
  OverlayTensor words() {
    if (!packed) {
      return in;
    }
    OverlayTensor out = PadRules.output(window(), in, 1);
    int last = (out.width() - 1) * window().strideWidth() + pixels * (kernelWidth() - 1);
    int width = count(last - window().left(), in.width() - 1, leftPixels(), pixelStep());
    int lastRow = (out.height() - 1) * window().strideHeight() + rows * (kernelHeight() - 1);
    int height = count(lastRow - window().top(), in.height() - 1, topRows(), rowStep());
    return new OverlayTensor(height, width, OverlayTarget.LANES);
  }

  /** The words until the last that is needed and there. */
  private static int count(int needed, int there, int before, int step) {
    return Math.max(0, Math.min(needed, there) + before) / step + 1;
  }

  /** What tables say of it, as {@code 2x4 pixels, pairs}. */
  String text() {
    String words = packed ? "%dx%d pixels, ".formatted(rows, pixels) : "";
    if (narrow) {
      return "1 quarter";
    }
    return words + (pair ? "pairs" : folds == 1 ? "1 fold" : folds + " folds");
  }

  /** The tiles for all outputs. */
  int tiles() {
    return ceil(layer.columns().outputs(), tileOutputs());
  }

  /** The entries of weights of a tile. */
  int tileEntries() {
    return words().blocks() * kernelHeight() * kernelWidth();
  }

  /** The output pixels of a row of the array. */
  int rowPixels() {
    return pair ? 2 * OverlayTarget.QUARTERS : folds;
  }

  /** The outputs of a tile. */
  int tileOutputs() {
    if (narrow) {
      return OverlayTarget.QUARTER_COLUMNS;
    }
    return pair ? OverlayTarget.LANES : OverlayTarget.COLUMNS / folds;
  }

  /** Whether the kernel can address such words. */
  boolean possible() {
    boolean folded = folds > 1;
    boolean rowsFit = !packed || kernelHeight() == 1 || window().strideHeight() % rows == 0;
    return rowsFit
        && pixels % pixelStep() == 0
        && quarterPixels() % pixelStep() == 0
        && (!folded || foldStride() <= 2)
        && tapStep() < 8
        && (!pair || layer.columns().outputs() <= OverlayTarget.LANES);
  }

  /** The weight that a lane multiplies by for an output, or for the pixel of a pair. */
  byte code(int output, int half, int row, int tap, int block, int lane) {
    if (!packed) {
      int column = tap - half * window().strideWidth();
      return layer.columns().code(output, row, column, OverlayTarget.LANES * block + lane);
    }
    int channels = in.channels();
    int pixel = lane / channels % pixels;
    int imageRow = lane / channels / pixels;
    if (imageRow >= rows) {
      return 0;
    }
    int column = tap * pixels + pixel - half * window().strideWidth();
    return layer.columns().code(output, row * rows + imageRow, column, lane % channels);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
