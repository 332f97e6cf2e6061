// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Optional;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A layer of a {@link IntegerNetwork}: int8 codes to int8 codes, or to int32 accumulators.
 * Immutable, if the tensors given to it are left alone; any number of threads may share it.
 */
public sealed interface IntegerLayer
    permits WeightedIntegerLayer, CodeTable, IntegerMaxPool, IntegerAveragePool, IntegerFlatten {
  /** As in "conv1"; unique within a network. */
  String name();

  /** What the codes it takes stand for; per tensor, codes within int8. */
  Encoding inputCodes();

  /** What the codes it gives stand for; empty where it gives int32 accumulators. */
  Optional<Encoding> outputCodes();

  /**
   * The shape of its outputs for inputs of a shape.
   *
   * @throws org.fabriq.ShapeException if it does not take such inputs
   */
  SampleShape outputShape(SampleShape input);

  /**
   * Its outputs by definition, element by element, in a new tensor: what every device equals.
   *
   * @param x M x K, or M x C x H x W, as {@link #outputShape} takes it
   */
  Tensor reference(Int8Tensor x);
}
