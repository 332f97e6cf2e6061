// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.List;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** An integer layer that takes one tensor. */
public interface UnaryIntegerLayer extends IntegerLayer {
  /** What the codes it takes stand for; per tensor, codes within int8. */
  Encoding input();

  /**
   * The shape of its outputs for inputs of a shape.
   *
   * @throws org.fabriq.ShapeException if it does not take such inputs
   */
  SampleShape outputShape(SampleShape input);

  /** Its outputs by definition; see {@link IntegerLayer#reference(List)}. */
  Tensor reference(Int8Tensor x);

  @Override
  default List<Encoding> inputCodes() {
    return List.of(input());
  }

  @Override
  default SampleShape outputShape(List<SampleShape> inputs) {
    return outputShape(inputs.get(0));
  }

  @Override
  default Tensor reference(List<Int8Tensor> inputs) {
    return reference(inputs.get(0));
  }
}
