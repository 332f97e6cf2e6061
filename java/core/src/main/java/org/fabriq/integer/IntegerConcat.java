// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.LayerSink;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Tensors of codes one after the other along their channels. All inputs are codes of one meaning;
 * others pass a {@link CodeTable} first.
 *
 * @param codes what codes stand for, before and after
 */
public record IntegerConcat(String name, int inputCount, Encoding codes) implements IntegerLayer {
  /**
   * @throws org.fabriq.InvalidArgumentException if there are not 1 to 1,024 inputs
   */
  public IntegerConcat {
    TensorCodes.check("codes of " + name, codes);
    new ConcatLayer(name, inputCount);
  }

  /** Reads the file form. */
  static IntegerConcat read(IntegerLayerSource source) {
    return new IntegerConcat(
        source.layer().name(), source.layer().integer("count"), source.codes(0));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("count", inputCount);
  }

  @Override
  public List<Encoding> inputCodes() {
    return Collections.nCopies(inputCount, codes);
  }

  @Override
  public Optional<Encoding> outputCodes() {
    return Optional.of(codes);
  }

  @Override
  public SampleShape outputShape(List<SampleShape> inputs) {
    return ConcatLayer.output(name, inputs);
  }

  @Override
  public Tensor reference(List<Int8Tensor> inputs) {
    int samples = inputs.get(0).dimension(0);
    int[] shape = inputs.get(0).shape();
    shape[1] = inputs.stream().mapToInt(input -> input.dimension(1)).sum();
    Int8Tensor out = Int8Tensor.allocate(shape);
    int at = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (Int8Tensor input : inputs) {
        int part = input.size() / samples;
        for (int i = 0; i < part; i++) {
          out.set(at++, input.get(sample * part + i));
        }
      }
    }
    return out;
  }
}
