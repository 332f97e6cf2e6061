// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.List;
import java.util.Optional;
import org.fabriq.model.NamedLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * A layer of an {@link IntegerNetwork}: int8 codes to int8 codes, or to int32 accumulators.
 * Immutable, if the tensors given to it are left alone; any number of threads may share it. {@link
 * IntegerLayerType} lists the types with the words that files call them.
 */
public interface IntegerLayer extends NamedLayer {
  /** What the codes of each input stand for, as many as {@link #inputCount}; within int8. */
  List<Encoding> inputCodes();

  /** What the codes it gives stand for; empty where it gives int32 accumulators. */
  Optional<Encoding> outputCodes();

  /**
   * The shape of its outputs for inputs of these shapes.
   *
   * @throws org.fabriq.ShapeException if it does not take such inputs
   */
  SampleShape outputShape(List<SampleShape> inputs);

  /**
   * Its outputs by definition, element by element, in a new tensor or a view of an input: what
   * every device equals.
   *
   * @param inputs M x K, or M x C x H x W each, as {@link #outputShape} takes them
   */
  Tensor reference(List<Int8Tensor> inputs);
}
