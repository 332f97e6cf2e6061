// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Tensor;

/** Lays the windows of images, channels last, out as the rows of A: a row per (sample, y, x). */
abstract class Patches {
  final SampleShape image;
  final Window window;
  final int channels;
  final int outputHeight;
  final int outputWidth;

  /**
   * @param channels of a group
   */
  Patches(SampleShape image, Window window, int channels) {
    this.image = image;
    this.window = window;
    this.channels = channels;
    this.outputHeight = window.outputHeight(image.height());
    this.outputWidth = window.outputWidth(image.width());
  }

  /** The rows of a sample. */
  final int rowsPerSample() {
    return outputHeight * outputWidth;
  }

  /** The columns of A. */
  final int columns() {
    return window.taps() * channels;
  }

  /** Whether A is the images as they lie in memory. */
  final boolean isIdentity() {
    return channels == image.channels() && window.equals(Window.square(1, 1, 0));
  }

  /** Fills A with the rows {@code from} to {@code to} (excluded) of all samples. */
  abstract void fill(Tensor images, int group, int from, int to, Tensor a);
}
