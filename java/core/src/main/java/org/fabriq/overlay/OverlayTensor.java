// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * A tensor as the activation memory holds it: a word for each block of 8 channels and each pixel,
 * row after row.
 */
record OverlayTensor(int height, int width, int channels) {
  /** The pixels of an image. */
  int pixels() {
    return height * width;
  }

  /** The blocks of 8 channels, the last one filled up. */
  int blocks() {
    return ceil(channels, OverlayTarget.LANES);
  }

  /** The lines from one block to the next. */
  int pitch() {
    return ceil(pixels(), OverlayTarget.BANKS);
  }

  /** The lines of all blocks. */
  int lines() {
    return blocks() * pitch();
  }

  /** The words of all blocks and pixels. */
  int words() {
    return blocks() * pixels();
  }

  /** ceil(a / b). */
  static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  @Override
  public String toString() {
    return "%dx%dx%d".formatted(channels, height, width);
  }
}
