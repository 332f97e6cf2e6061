// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Images as vectors: channel after channel, row after row.
 *
 * @param codes what codes stand for, before and after
 */
public record IntegerFlatten(String name, Encoding codes) implements CodeKeepingLayer {
  /** Reads the file form. */
  static IntegerFlatten read(IntegerLayerSource source) {
    return new IntegerFlatten(source.layer().name(), source.codes(0));
  }

  @Override
  public SampleShape outputShape(SampleShape input) {
    return SampleShape.vector(input.size());
  }

  /** A view of x. */
  @Override
  public Tensor reference(Int8Tensor x) {
    return x.reshape(x.dimension(0), x.size() / x.dimension(0));
  }
}
