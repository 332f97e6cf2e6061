// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;

/**
 * How a kernel walks over an image. The tap (i, j) of the window at output (y, x) is the input at
 * row y * strideHeight + i * dilationHeight - top and column x * strideWidth + j * dilationWidth -
 * left; what lies outside the image is padding.
 *
 * @param top rows of padding above the image; bottom, left and right alike
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int top,
    int left,
    int bottom,
    int right,
    int dilationHeight,
    int dilationWidth) {
  private static final int LIMIT = 1 << 15;

  /**
   * @throws InvalidArgumentException if a kernel, stride or dilation is not 1 to 32,768, or a
   *     padding not 0 to 32,768
   */
  public Window {
    check("kernel height", kernelHeight, 1);
    check("kernel width", kernelWidth, 1);
    check("stride height", strideHeight, 1);
    check("stride width", strideWidth, 1);
    check("top padding", top, 0);
    check("left padding", left, 0);
    check("bottom padding", bottom, 0);
    check("right padding", right, 0);
    check("dilation height", dilationHeight, 1);
    check("dilation width", dilationWidth, 1);
  }

  private static void check(String what, int value, int least) {
    if (value < least || value > LIMIT) {
      throw new InvalidArgumentException(
          "%s %d, limit %d to %,d".formatted(what, value, least, LIMIT));
    }
  }

  /** A square kernel with the same stride and padding on all sides, without dilation. */
  public static Window square(int kernel, int stride, int padding) {
    return new Window(kernel, kernel, stride, stride, padding, padding, padding, padding, 1, 1);
  }

  /** One window over a whole image. */
  public static Window whole(int height, int width) {
    return new Window(height, width, 1, 1, 0, 0, 0, 0, 1, 1);
  }

  /** Whether any side has padding. */
  public boolean padded() {
    return top + left + bottom + right > 0;
  }

  /** The taps of the kernel. */
  public int taps() {
    return kernelHeight * kernelWidth;
  }

  /**
   * floor((height + top + bottom - dilation * (kernel - 1) - 1) / stride) + 1.
   *
   * @throws ShapeException if the kernel is larger than the padded image
   */
  public int outputHeight(int height) {
    return outputs("rows", height, top + bottom, dilationHeight, kernelHeight, strideHeight);
  }

  /** As {@link #outputHeight}, of the width. */
  public int outputWidth(int width) {
    return outputs("columns", width, left + right, dilationWidth, kernelWidth, strideWidth);
  }

  private static int outputs(
      String what, int size, int padding, int dilation, int kernel, int stride) {
    int reach = dilation * (kernel - 1) + 1;
    if (reach > size + padding) {
      throw new ShapeException(
          "a kernel over %d %s for an image of %d and %d of padding; pad more or use a smaller one"
              .formatted(reach, what, size, padding));
    }
    return (size + padding - reach) / stride + 1;
  }

  /** The input row of tap {@code i} of output row {@code y}; outside the image it is padding. */
  public int row(int y, int i) {
    return y * strideHeight + i * dilationHeight - top;
  }

  /** The input column of tap {@code j} of output column {@code x}. */
  public int column(int x, int j) {
    return x * strideWidth + j * dilationWidth - left;
  }

  /** The taps of output (y, x) that lie within an image. */
  public int tapsWithin(int y, int x, int height, int width) {
    int rows = 0;
    for (int i = 0; i < kernelHeight; i++) {
      rows += row(y, i) >= 0 && row(y, i) < height ? 1 : 0;
    }
    int columns = 0;
    for (int j = 0; j < kernelWidth; j++) {
      columns += column(x, j) >= 0 && column(x, j) < width ? 1 : 0;
    }
    return rows * columns;
  }
}
