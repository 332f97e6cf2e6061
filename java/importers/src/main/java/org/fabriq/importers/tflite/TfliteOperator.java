// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

/**
 * An operator of a TensorFlow Lite file. The arrays are its own; leave them alone.
 *
 * @param index its place in the file
 * @param type as {@code CONV_2D}, or {@code CUSTOM name}
 * @param inputs indices of tensors, -1 for one that is left out
 * @param outputs indices of tensors
 */
record TfliteOperator(int index, String type, int[] inputs, int[] outputs, TfliteOptions options) {
  /** The index of an input, or -1 if it is left out. */
  int input(int i) {
    return i < inputs.length ? inputs[i] : -1;
  }

  /** As {@code operator 3 (CONV_2D)}. */
  @Override
  public String toString() {
    return "operator %d (%s)".formatted(index, type);
  }
}
