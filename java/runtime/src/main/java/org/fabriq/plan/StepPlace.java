// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.List;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Where a step works.
 *
 * @param shapes of its inputs
 * @param shape of its output
 * @param inputs its input buffers, pixels x channels
 * @param output its output buffer, pixels x channels
 */
record StepPlace(List<SampleShape> shapes, SampleShape shape, List<Tensor> inputs, Tensor output) {
  /** The shape of the first input. */
  SampleShape image() {
    return shapes.get(0);
  }

  /** The first input. */
  Tensor input() {
    return inputs.get(0);
  }

  /** The first input as codes. */
  Int8Tensor codes() {
    return (Int8Tensor) input();
  }

  /** The output as codes. */
  Int8Tensor outputCodes() {
    return (Int8Tensor) output;
  }

  /** The first input as values. */
  Float32Tensor values() {
    return (Float32Tensor) input();
  }

  /** The output as values. */
  Float32Tensor outputValues() {
    return (Float32Tensor) output;
  }
}
