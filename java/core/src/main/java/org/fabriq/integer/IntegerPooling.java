// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.function.ToIntFunction;
import org.fabriq.model.Window;
import org.fabriq.tensor.Int8Tensor;

/** The definition of pooling in integers: windows over each channel. */
final class IntegerPooling {
  private IntegerPooling() {}

  /**
   * @param reduction makes a code of the codes of a window that lie within the image
   */
  static Int8Tensor reference(Int8Tensor x, Window window, ToIntFunction<int[]> reduction) {
    int height = x.dimension(2);
    int width = x.dimension(3);
    int rows = window.outputHeight(height);
    int columns = window.outputWidth(width);
    Int8Tensor out = Int8Tensor.allocate(x.dimension(0), x.dimension(1), rows, columns);
    for (int i = 0; i < out.size(); i++) {
      int plane = i / (rows * columns);
      int y = i / columns % rows;
      int[] taps = new int[window.tapsWithin(y, i % columns, height, width)];
      int count = 0;
      for (int tap = 0; tap < window.taps(); tap++) {
        int row = window.row(y, tap / window.kernelWidth());
        int column = window.column(i % columns, tap % window.kernelWidth());
        if (row >= 0 && row < height && column >= 0 && column < width) {
          taps[count++] = x.get((plane * height + row) * width + column);
        }
      }
      out.set(i, (byte) reduction.applyAsInt(taps));
    }
    return out;
  }
}
