// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import org.fabriq.importers.graph.Signal;
import org.fabriq.model.Window;

/**
 * Windows with the paddings of TensorFlow: VALID has none; SAME gives ceil(size / stride) outputs,
 * with the odd row or column of padding below or on the right.
 */
final class Windows {
  private Windows() {}

  /**
   * @param x samples x channels x height x width
   */
  static Window of(TfliteOptions.Walk walk, int kernelHeight, int kernelWidth, Signal x) {
    int rows =
        padding(walk, x.dimension(2), kernelHeight, walk.strideHeight(), walk.dilationHeight());
    int columns =
        padding(walk, x.dimension(3), kernelWidth, walk.strideWidth(), walk.dilationWidth());
    return new Window(
        kernelHeight,
        kernelWidth,
        walk.strideHeight(),
        walk.strideWidth(),
        rows / 2,
        columns / 2,
        rows - rows / 2,
        columns - columns / 2,
        walk.dilationHeight(),
        walk.dilationWidth());
  }

  private static int padding(
      TfliteOptions.Walk walk, int size, int kernel, int stride, int dilation) {
    if (!walk.same() || stride < 1) {
      return 0;
    }
    long reach = (long) (kernel - 1) * dilation + 1;
    long outputs = ((long) size + stride - 1) / stride;
    long padding = Math.max(0, (outputs - 1) * stride + reach - size);
    return (int) Math.min(Integer.MAX_VALUE, padding);
  }
}
