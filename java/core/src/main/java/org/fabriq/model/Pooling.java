// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.function.IntUnaryOperator;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;

/** What pooling layers share: windows over each channel. */
final class Pooling {
  /** Makes one value of the taps of a window. */
  interface Reduction {
    /**
     * @param taps indices into x, of which the first {@code count} are within the image
     */
    float of(Float32Tensor x, int[] taps, int count);
  }

  private Pooling() {}

  static SampleShape output(String name, Window window, SampleShape input) {
    if (!input.isImage()) {
      throw new ShapeException("layer %s pools images, not vectors of %s".formatted(name, input));
    }
    int height = window.outputHeight(input.height());
    int width = window.outputWidth(input.width());
    // Rows and columns are looked at one by one: all pairs of them take long for large images.
    for (int y = 0; y < height; y++) {
      int output = y;
      check(name, y, 0, window.kernelHeight(), i -> window.row(output, i), input.height());
    }
    for (int x = 0; x < width; x++) {
      int output = x;
      check(name, 0, x, window.kernelWidth(), i -> window.column(output, i), input.width());
    }
    return SampleShape.image(input.channels(), height, width);
  }

  private static void check(String name, int y, int x, int taps, IntUnaryOperator place, int size) {
    for (int i = 0; i < taps; i++) {
      if (place.applyAsInt(i) >= 0 && place.applyAsInt(i) < size) {
        return;
      }
    }
    throw new ShapeException(
        "layer %s: the window of output (%d, %d) is all padding; pad less".formatted(name, y, x));
  }

  static Float32Tensor forward(
      Float32Tensor x, Window window, SampleShape shape, Reduction reduction) {
    Float32Tensor out = Float32Tensor.allocate(shape.tensorShape(x.dimension(0)));
    int height = x.dimension(2);
    int width = x.dimension(3);
    int[] taps = new int[window.taps()];
    for (int plane = 0, to = 0; plane < x.dimension(0) * x.dimension(1); plane++) {
      for (int outputRow = 0; outputRow < shape.height(); outputRow++) {
        for (int outputColumn = 0; outputColumn < shape.width(); outputColumn++, to++) {
          int count = 0;
          for (int tap = 0; tap < window.taps(); tap++) {
            int row = window.row(outputRow, tap / window.kernelWidth());
            int column = window.column(outputColumn, tap % window.kernelWidth());
            if (row >= 0 && row < height && column >= 0 && column < width) {
              taps[count++] = (plane * height + row) * width + column;
            }
          }
          out.set(to, reduction.of(x, taps, count));
        }
      }
    }
    return out;
  }
}
