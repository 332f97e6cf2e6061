// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

/**
 * What an operator of a TensorFlow Lite file is told besides its tensors; members that an operator
 * does not have hold what {@link #NONE} has.
 *
 * @param activation the function behind it, one of ActivationFunctionType
 * @param walk how its window walks
 * @param axis of a concatenation
 * @param keepRank whether a mean keeps dimensions of 1
 * @param number alpha of a leaky ReLU, beta of a softmax
 * @param plainWeights whether the weights of a dense layer lie as they do by default
 */
record TfliteOptions(
    int activation, Walk walk, int axis, boolean keepRank, float number, boolean plainWeights) {
  /** Those of an operator that has none. */
  static final TfliteOptions NONE = new TfliteOptions(0, Walk.STEP, 0, false, 1, true);

  /**
   * How a window walks over an image.
   *
   * @param same whether the padding is SAME, not VALID
   * @param filterHeight of the window of a pooling; that of a convolution is its weights'
   */
  record Walk(
      boolean same,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      int filterHeight,
      int filterWidth) {
    static final Walk STEP = new Walk(true, 1, 1, 1, 1, 1, 1);
  }

  TfliteOptions withActivation(int other) {
    return new TfliteOptions(other, walk, axis, keepRank, number, plainWeights);
  }

  TfliteOptions withWalk(Walk other) {
    return new TfliteOptions(activation, other, axis, keepRank, number, plainWeights);
  }

  TfliteOptions withAxis(int other) {
    return new TfliteOptions(activation, walk, other, keepRank, number, plainWeights);
  }

  TfliteOptions withKeepRank(boolean other) {
    return new TfliteOptions(activation, walk, axis, other, number, plainWeights);
  }

  TfliteOptions withNumber(float other) {
    return new TfliteOptions(activation, walk, axis, keepRank, other, plainWeights);
  }

  TfliteOptions withPlainWeights(boolean other) {
    return new TfliteOptions(activation, walk, axis, keepRank, number, other);
  }
}
