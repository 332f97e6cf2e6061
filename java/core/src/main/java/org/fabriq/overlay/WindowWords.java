// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.fabriq.overlay.OverlayTensor.ceil;

import org.fabriq.model.Window;

/**
 * How the windows of a convolution lie on words. Plain, a word is 8 channels of a pixel. Images of
 * few channels are packed by the host: a word is {@code rows} x {@code pixels} neighbouring pixels,
 * and lane (r * pixels + t) * channels + c is channel c of the pixel in row r, column t. In pairs,
 * the two words that a quarter gives are neighbouring output pixels, not channel blocks.
 *
 * @param in what the convolution takes, before packing
 * @param pixels of a word in a row; 1 if it is not packed
 * @param rows of a word; 1 if it is not packed
 * @param packed whether words are packed
 * @param pair whether quarters give pairs of pixels
 */
record WindowWords(
    Window window, OverlayTensor in, int pixels, int rows, boolean packed, boolean pair) {
  /** Words without packing. */
  static WindowWords plain(Window window, OverlayTensor in, boolean pair) {
    return new WindowWords(window, in, 1, 1, false, pair);
  }

  /** The pixels from the window of one quarter's output, or pair of them, to the next. */
  private int quarterPixels() {
    return window.strideWidth() * (pair ? 2 : 1);
  }

  /** The pixels that the windows of a quarter reach over. */
  private int reach() {
    return window.kernelWidth() + (pair ? window.strideWidth() : 0);
  }

  /** The words of a window row. */
  int kernelWidth() {
    return ceil(reach(), pixels);
  }

  /** The rows of words of a window. */
  int kernelHeight() {
    return ceil(window.kernelHeight(), rows);
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
    return packed && kernelHeight() == 1 ? window.strideHeight() : rows;
  }

  /** The pixels of padding to the left of the first word. */
  int leftPixels() {
    boolean overlap = packed && (pixels > pixelStep() || kernelWidth() == 1);
    return overlap ? window.left() : window.left() % pixelStep();
  }

  /** The rows of padding above the first row of words. */
  int topRows() {
    boolean overlap = packed && kernelHeight() == 1;
    return overlap ? window.top() : window.top() % rowStep();
  }

  /** The first word of the first window, from the first one there is; 0 or less. */
  int xStart() {
    return -(window.left() - leftPixels()) / pixelStep();
  }

  /** The first row of words of the first window; 0 or less. */
  int yStart() {
    return -(window.top() - topRows()) / rowStep();
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
    return window.strideHeight() / rowStep();
  }

  /** What it takes, as words: a channel block for each word of a pixel. */
  OverlayTensor words() {
    if (!packed) {
      return in;
    }
    OverlayTensor out = PadRules.output(window, in, 1);
    int last = (out.width() - 1) * window.strideWidth() + pixels * (kernelWidth() - 1);
    int width = count(last - window.left(), in.width() - 1, leftPixels(), pixelStep());
    int lastRow = (out.height() - 1) * window.strideHeight() + rows * (kernelHeight() - 1);
    int height = count(lastRow - window.top(), in.height() - 1, topRows(), rowStep());
    return new OverlayTensor(height, width, OverlayTarget.LANES);
  }

  /** The words until the last that is needed and there. */
  private static int count(int needed, int there, int before, int step) {
    return Math.max(0, Math.min(needed, there) + before) / step + 1;
  }

  /** Whether the kernel can step by such words. */
  boolean possible() {
    boolean rowsFit = !packed || kernelHeight() == 1 || window.strideHeight() % rows == 0;
    return rowsFit
        && pixels % pixelStep() == 0
        && quarterPixels() % pixelStep() == 0
        && tapStep() < 8;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
