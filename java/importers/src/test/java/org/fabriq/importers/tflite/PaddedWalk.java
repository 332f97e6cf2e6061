// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

/** Where windows of TensorFlow lie: the padding before of SAME is half of what is missing. */
record PaddedWalk(TfliteOptions.Walk walk, int top, int left) {
  PaddedWalk(TfliteOptions.Walk walk, int kernelHeight, int kernelWidth, int[] shape) {
    this(
        walk,
        before(walk, shape[1], kernelHeight, walk.strideHeight(), walk.dilationHeight()),
        before(walk, shape[2], kernelWidth, walk.strideWidth(), walk.dilationWidth()));
  }

  private static int before(
      TfliteOptions.Walk walk, int size, int kernel, int stride, int dilation) {
    if (!walk.same()) {
      return 0;
    }
    int outputs = (size + stride - 1) / stride;
    int missing = (outputs - 1) * stride + dilation * (kernel - 1) + 1 - size;
    return Math.max(0, missing) / 2;
  }

  int row(int y, int i) {
    return y * walk.strideHeight() + i * walk.dilationHeight() - top;
  }

  int column(int x, int j) {
    return x * walk.strideWidth() + j * walk.dilationWidth() - left;
  }
}
