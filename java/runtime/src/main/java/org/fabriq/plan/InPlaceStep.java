// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import org.fabriq.model.Activation;
import org.fabriq.tensor.Float32Tensor;

/** An activation function that is a layer of its own: a copy, then the function in place. */
final class InPlaceStep implements Step {
  private final Float32Tensor in;
  private final Float32Tensor out;
  private final int rows;
  private final Activation activation;
  private Float32Tensor part;
  private int samples;

  /**
   * @param rows of a sample in both buffers
   */
  InPlaceStep(Float32Tensor in, Float32Tensor out, int rows, Activation activation) {
    this.in = in;
    this.out = out;
    this.rows = rows;
    this.activation = activation;
  }

  @Override
  public void run(int count, LayerTimes times) {
    if (count != samples) {
      part = out.rows(0, count * rows);
      samples = count;
    }
    part.memory().put(0, in.memory(), 0, part.memory().limit());
    activation.apply(part);
  }
}
