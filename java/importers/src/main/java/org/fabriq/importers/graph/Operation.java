// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import org.fabriq.model.FunctionLayer;
import org.fabriq.model.Window;

/**
 * What a step computes, over values: codes count as what they stand for. Images are samples x
 * channels x height x width, or samples x channels x width for an image of one row; files with
 * another layout put a {@link Transpose} before and after.
 */
public sealed interface Operation {
  /**
   * x * transpose(weight) + bias, of vectors.
   *
   * @param weight outputs x inputs; codes have scales along axis 0, or one
   * @param bias one value per output, or null
   */
  record Dense(Constant weight, double[] bias) implements Operation {}

  /**
   * A convolution, padded with 0.
   *
   * @param weight outputs x channels / groups x kernel height x kernel width; codes as of {@link
   *     Dense}
   * @param bias one value per output, or null
   */
  record Conv2d(Constant weight, double[] bias, Window window, int groups) implements Operation {}

  /**
   * Batch normalization along axis 1, one value of each per channel; the fields of {@link
   * org.fabriq.model.BatchNormLayer}.
   */
  record BatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance, float epsilon)
      implements Operation {}

  /**
   * factor * x + offset.
   *
   * @param factor of a shape that broadcasts to that of x, as numpy does; null for 1
   * @param offset alike; null for 0
   */
  record Affine(Constant factor, Constant offset) implements Operation {}

  /** The greatest value of each window; padding takes no part. */
  record MaxPool(Window window) implements Operation {}

  /**
   * The mean of each window.
   *
   * @param countPadding whether padding takes part as zeros
   */
  record AveragePool(Window window, boolean countPadding) implements Operation {}

  /** The mean of each channel of an image; gives images of 1 x 1. */
  record GlobalAveragePool() implements Operation {}

  /** An image with a border of a value. */
  record Pad(int top, int left, int bottom, int right, float value) implements Operation {}

  /** The sum of two tensors of one shape. */
  record Add() implements Operation {}

  /**
   * Tensors one after the other.
   *
   * @param axis counted with the batch, at least 1
   */
  record Concat(int axis) implements Operation {}

  /**
   * A limit; a ReLU limits to [0, infinity].
   *
   * @param min may be -infinity
   * @param max may be infinity
   */
  record Clip(float min, float max) implements Operation {}

  /** A function of each value, as a layer of FabriQ; its name does not matter. */
  record Function(FunctionLayer layer) implements Operation {}

  /**
   * Codes of the output for codes of the input.
   *
   * @param codes 256, that for the code q at q + 128
   */
  record Table(byte[] codes) implements Operation {}

  /**
   * Softmax over the values of vectors.
   *
   * @param logarithm whether it is the logarithm of that
   */
  record Softmax(boolean logarithm) implements Operation {}

  /** The index of the greatest value of a vector, the first of equals. */
  record Argmax() implements Operation {}

  /** The same values as codes of the output, rounded half-even. */
  record Quantize() implements Operation {}

  /**
   * The same elements with axes permuted.
   *
   * @param axes axis i of the output is axis axes[i] of the input; axes[0] is 0, the batch
   */
  record Transpose(int[] axes) implements Operation {}

  /** The same elements, in row-major order, as the shape of the output. */
  record Reshape() implements Operation {}
}
