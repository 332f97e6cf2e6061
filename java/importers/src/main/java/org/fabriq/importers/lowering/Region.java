// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.QuantizedTensor;

/**
 * What lies between codes that are taken and codes that are given: one layer of integers, as soon
 * as the codes it gives are known.
 */
sealed interface Region {
  /** The shape of a sample that it gives. */
  SampleShape shape();

  /** The values of codes themselves. */
  record Identity(Held.Coded x) implements Region {
    @Override
    public SampleShape shape() {
      return x.shape();
    }
  }

  /**
   * A product with weights.
   *
   * @param window null for a dense layer
   */
  record Product(
      Held.Coded x,
      QuantizedTensor weight,
      double[] bias,
      Window window,
      int groups,
      SampleShape shape)
      implements Region {}

  /** The mean of windows. */
  record Mean(Held.Coded x, Window window, boolean countPadding, SampleShape shape)
      implements Region {}

  /** A sum of two tensors. */
  record Sum(Held.Coded left, Held.Coded right) implements Region {
    @Override
    public SampleShape shape() {
      return left.shape();
    }
  }

  /** Tensors joined along channels. */
  record Joined(List<Held> parts, SampleShape shape) implements Region {}

  /**
   * What moves or compares values, applied to codes as soon as these are known.
   *
   * @param operation to be applied to codes
   */
  record Moved(Held.Pending before, UnaryOperator<Held.Coded> operation, SampleShape shape)
      implements Region {}
}
