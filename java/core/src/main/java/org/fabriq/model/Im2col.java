// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.tensor.Float32Tensor;

/** Lays the windows of images out as the rows of a matrix, so that a convolution is a product. */
final class Im2col {
  private Im2col() {}

  /**
   * The windows of some channels.
   *
   * @param x M x C x H x W
   * @return a row per (sample, y, x), a column per (channel, i, j); padding is 0
   */
  static Float32Tensor rows(Float32Tensor x, Window window, int firstChannel, int channels) {
    int height = x.dimension(2);
    int width = x.dimension(3);
    int outputHeight = window.outputHeight(height);
    int outputWidth = window.outputWidth(width);
    Float32Tensor rows =
        Float32Tensor.allocate(
            Samples.rows(x.dimension(0), outputHeight, outputWidth), channels * window.taps());
    int to = 0;
    for (int sample = 0; sample < x.dimension(0); sample++) {
      for (int y = 0; y < outputHeight; y++) {
        for (int column = 0; column < outputWidth; column++) {
          for (int channel = firstChannel; channel < firstChannel + channels; channel++) {
            int plane = (sample * x.dimension(1) + channel) * height * width;
            to = copyWindow(x, plane, height, width, window, y, column, rows, to);
          }
        }
      }
    }
    return rows;
  }

  private static int copyWindow(
      Float32Tensor x,
      int plane,
      int height,
      int width,
      Window window,
      int outputRow,
      int outputColumn,
      Float32Tensor rows,
      int to) {
    for (int i = 0; i < window.kernelHeight(); i++) {
      int row = window.row(outputRow, i);
      for (int j = 0; j < window.kernelWidth(); j++, to++) {
        int column = window.column(outputColumn, j);
        if (row >= 0 && row < height && column >= 0 && column < width) {
          rows.set(to, x.get(plane + row * width + column));
        }
      }
    }
    return to;
  }
}
